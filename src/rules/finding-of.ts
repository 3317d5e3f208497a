import { AuditFinding } from './audit';
import { Finding } from './harden/finding';

/**
 * A judge's finding as programs are told it.
 *
 * @param where the construct path, or the place in the input
 * @param path the way to the object within what stands there: `''`, or `items[2]` in a List
 */
export function findingOf({ rule, severity, object, field, container, message, advice, waiver }: AuditFinding, where: string, path = ''): Finding {
  const { kind, namespace, name } = object;
  return {
    rule,
    severity,
    where,
    subject: `${kind} ${namespace ? `${namespace}/` : ''}${name || '?'}`,
    field: [path, field].filter(part => part !== '').join('.'),
    what: message,
    advice,
    ...(container !== null && { container }),
    ...(waiver && !waiver.expired && {
      waiver: {
        rule,
        reason: waiver.reason,
        owner: waiver.owner,
        ...(waiver.until !== null && { until: waiver.until }),
        ...(waiver.ticket !== null && { ticket: waiver.ticket }),
      },
    }),
  };
}
