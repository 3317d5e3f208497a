import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { Severity } from '../kube/severity';
import { AuditReport } from '../rules/audit-report';
import { Finding } from '../rules/harden/finding';
import { PACKS } from '../rules/packs';
import { FailOn } from './hardening-options';
import { Settings } from './settings';
import { auditNow } from './tree';
import { Said } from './tree-audit';

const CHECKED: Settings = { version: 1, enforces: false, failOn: FailOn.NEVER, pack: PACKS[0] };

/** What there is to say of a scope; where nobody has asked for anything, as if a check had been asked for. */
export function reportOf(scope: IConstruct): AuditReport {
  const { said } = auditNow(scope, CHECKED);
  const below = new Set<unknown>(scope.node.findAll());
  return new AuditReport(said.filter(({ object }) => below.has(object)).flatMap(findingsOf));
}

function findingsOf(said: Said): Finding[] {
  const { object: { kind, metadata: { namespace, name } }, tree: { where }, outcome: { findings, faults }, thrown } = said;
  const subject = `${kind} ${namespace ? `${namespace}/` : ''}${name ?? '?'}`;
  const wrong = (rule: string, what: string, advice: string): Finding => ({ rule, severity: Severity.ERROR, where, subject, field: '', what, advice });
  return [
    ...findings,
    ...faults.map(({ id, what, advice }: Fault) => wrong(id, what, advice)),
    ...thrown.map(line => wrong('object-unwritable', line, 'Correct that first.')),
  ];
}
