import { ReadObject } from '../../src/kube/reading/read';
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
  return judged(Array.from({ length: objects }, (_, i) => object('web.yaml', i, 'ConfigMap', `c${i}`)), findings, problems);
}

/** An object that was read. */
export function object(file: string, document: number, kind: string, name: string): ReadObject {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { manifest: { apiVersion: 'v1', kind, metadata: { name } }, source: { file, document, path: '', locate: () => place } };
}

/** What `check` says of these objects. */
export function judged(objects: readonly ReadObject[], findings: readonly PlacedFinding[], problems: CheckAnswer['problems'] = []): CheckAnswer {
  const pack = PACKS[0];
  return answerOf({ pack: pack.name, kubernetes: '1.37', rules: rulesAsked(pack) }, objects, findings, problems);
}
