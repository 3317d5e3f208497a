import { Severity } from '../kube/severity';
import { Finding } from '../rules/harden/finding';
import { Audit } from '../rules/manifest-audit';
import { Pack } from '../rules/pack';
import { NoFindingsOptions } from './hardened-matchers';
import { Matcher, listed } from './matcher';
import { manifestsOf } from './received';

/** Every pod passes Pod Security `restricted`. */
export const toBeRestricted: Matcher = received => {
  const pack = Pack.pssRestricted();
  const ids = new Set(pack.ruleIds);
  const { findings } = Audit.of(manifestsOf(received), { pack });
  return listed(findings.filter(({ rule }) => ids.has(rule)).map(text), 'every pod', 'passes Pod Security restricted');
};

/** A pack has nothing to say. */
export const toHaveNoFindings: Matcher = (received, options: NoFindingsOptions = {}) => {
  const { pack = 'hardened', failOn = 'warning', kubernetesVersion, today } = options;
  const chosen = typeof pack === 'string' ? Pack.of([pack]) : pack;
  const { errors, findings } = Audit.of(manifestsOf(received), { pack: chosen, kubernetesVersion, today });
  const open = failOn === 'error' ? errors : findings.filter(({ waiver }) => waiver === undefined);
  const claim = failOn === 'error' ? 'have no errors' : 'have no findings';
  return listed(open.map(text), 'the manifests', `${claim} under the pack ${chosen.name}`);
};

/** Where a manifest stands among others says nothing here: its kind and name do. */
function text({ subject, field, what, rule, advice, severity }: Finding): string {
  return `${subject} · ${field}: ${what} [${rule}${severity === Severity.WARNING ? ', a warning' : ''}]. ${advice}`;
}
