import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuleText, rulesAsked } from '../../src/rules/audit';
import { PACKS } from '../../src/rules/packs';
import { POD_RULES } from '../../src/rules/pod';
import { RBAC_RULES } from '../../src/rules/rbac';
import { exportsOf } from '../api/exports';
import { realDoor } from '../api/program';
import { ROOT } from '../house/files';

/** Every name that Kubernetes' own schema has: of fields, of kinds, of values. */
const KUBERNETES = new Set(readFileSync(join(ROOT, 'src/kube/schema/data.ts'), 'utf8').match(/\b[A-Za-z]+\b/g));
/** Names of kinds of things that are no fields. */
const BESIDES = [
  'SecurityStandards', 'StorageClass', 'postStart', 'preStop',
  // Plugins and gates that flags of the control plane name.
  'AlwaysAdmit', 'AlwaysPullImages', 'EventRateLimit', 'DenyServiceExternalIPs', 'NodeRestriction', 'NamespaceLifecycle', 'RotateKubeletServerCertificate',
];
const OURS = new Set(exportsOf(realDoor()).types.map(({ name }) => name));

/** Words that only programmers of some library know: neither English nor Kubernetes', and whatever is called. */
function foreignWords(advice: string): string[] {
  const humps = advice.match(/\b[A-Za-z]+[a-z][A-Z]\w*/g) ?? [];
  const calls = advice.match(/\w+\(/g) ?? [];
  return [...humps.filter(word => OURS.has(word) || !(KUBERNETES.has(word) || BESIDES.includes(word))), ...calls];
}

const texts: RuleText[] = PACKS.flatMap(pack => rulesAsked(pack));

describe('what to do is said', () => {
  test.each([...new Map(texts.map(({ id, advice }) => [id, advice]))])('in the words of manifests by check: %s', (_, advice) => {
    expect(foreignWords(advice)).toEqual([]);
  });

  test.each([...POD_RULES, ...RBAC_RULES].flatMap(({ id, inCode, advice }) => inCode === undefined ? [] : [[id, inCode, advice] as const]))(
    'in those of constructs by synthesis: %s', (_, inCode, advice) => {
      expect(inCode).not.toBe(advice);
    });

  test.each([
    ["Name the folders: tempFolders: ['/tmp'].", ['tempFolders']],
    ['Set it in SecurityDefaults.', ['SecurityDefaults']],
    ["State it (readiness: Probe.fromHttpGet('/healthz')).", ['fromHttpGet', 'fromHttpGet(']],
    ['Set runAsUser, and use the type RuntimeDefault.', []],
  ])('and this test would notice: %s', (advice, words) => {
    expect(foreignWords(advice)).toEqual(words);
  });
});
