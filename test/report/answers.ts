import { Severity } from '../../src/kube/severity';
import { CheckAnswer, PlacedFinding, answerOf } from '../../src/report/answer';
import { rulesAsked } from '../../src/rules/audit';
import { PACKS } from '../../src/rules/packs';

type Its = Partial<Omit<PlacedFinding, 'source'>> & { readonly file?: string; readonly line?: number; readonly construct?: string };

/** A finding, of which only what matters is said. */
export function finding({ file = 'web.yaml', line = 12, construct, ...rest }: Its = {}): PlacedFinding {
  return {
    rule: 'pod-privileged',
    severity: Severity.ERROR,
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    field: 'spec.template.spec.containers[0].securityContext.privileged',
    container: 'web',
    message: "container 'web' is privileged",
    advice: 'Remove privileged.',
    fingerprint: '0123456789abcdef',
    controls: { pss: ['baseline'], cis: ['1.10:5.2.2'] },
    waiver: null,
    source: { file, document: 0, line, column: 9, endLine: line, endColumn: 25, construct: construct ?? null },
    ...rest,
  };
}

export const WAIVER = { reason: 'loads a module', owner: 'team-a', until: '2027-01-31', ticket: 'SEC-1', expired: false };

/** What `check` says of these. */
export function answer(findings: readonly PlacedFinding[], problems: CheckAnswer['problems'] = [], objects = 3): CheckAnswer {
  const pack = PACKS[0];
  return answerOf({ pack: pack.name, kubernetes: '1.37', rules: rulesAsked(pack) }, objects, findings, problems);
}
