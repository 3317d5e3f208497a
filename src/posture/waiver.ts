import { checkDate } from '../kube/dates';
import { Fault } from '../kube/faults';

/**
 * An exception from one rule, with a reason and somebody who answers for it.
 *
 * It is written into the manifest as an annotation, listed in reports, and fails when it has expired or
 * when there is nothing left that needs it.
 */
export interface Waiver {
  /** The id of the rule, as the finding names it in brackets: `pod-host-path`. */
  readonly rule: string;

  /** Why the exception is needed, for the reader of an audit. */
  readonly reason: string;

  /** The person or team that answers for it. */
  readonly owner: string;

  /**
   * The container that the exception is for.
   *
   * @default - the whole pod
   */
  readonly container?: string;

  /**
   * The last day on which it holds, as YYYY-MM-DD.
   *
   * @default - it does not expire
   */
  readonly until?: string;

  /**
   * The ticket in which it was granted.
   *
   * @default - none
   */
  readonly ticket?: string;
}

/** A waiver and the construct on which it was laid. */
export interface LaidWaiver {
  readonly waiver: Waiver;
  readonly where: string;
}

/** Refuses a waiver that would not hold in an audit; returns it as plain data, keys in a fixed order. */
export function checkWaiver(where: string, waiver: Waiver): Waiver {
  for (const key of ['rule', 'reason', 'owner'] as const) {
    if (typeof waiver[key] === 'string' && waiver[key].trim() !== '') continue;
    throw new Fault({
      where,
      what: `the waiver${key === 'rule' ? '' : ` of '${waiver.rule}'`} has no ${key}`,
      id: 'waiver-incomplete',
      advice: "A waiver says the rule, why it may be broken and who answers for it: { rule: 'pod-host-path', reason: 'reads the node\\'s logs', owner: 'platform team' }.",
    });
  }
  if (waiver.until !== undefined) checkDate(where, `the end of the waiver of '${waiver.rule}'`, waiver.until);
  const { rule, reason, owner, container, until, ticket } = waiver;
  return { rule, reason, owner, ...(container && { container }), ...(until && { until }), ...(ticket && { ticket }) };
}

/** Tells whether a waiver's last day has passed. */
export function isExpired(waiver: Waiver, today: string): boolean {
  return waiver.until !== undefined && waiver.until < today;
}
