import { CheckAnswer, PlacedWaiver, subjectOf } from './answer';

/** How many waivers there are, and what became of them. */
export interface WaiverSummary {
  readonly waivers: number;
  readonly inForce: number;
  readonly expired: number;
  /** Those that allow nothing of what was asked. */
  readonly idle: number;
}

/** The waivers of an answer: what ends next stands first, what never ends last. */
export function waiversByEnd({ waivers }: CheckAnswer): PlacedWaiver[] {
  const keys = new Map(waivers.map(one => [one, [one.waiver.until ?? '~', one.waiver.owner, one.source.file, one.source.line, one.waiver.rule, one.waiver.container ?? '', one.waiver.reason]]));
  return [...waivers].sort((a, b) => compare(keys.get(a)!, keys.get(b)!));
}

/** Counts them. */
export function waiverSummary({ waivers }: CheckAnswer): WaiverSummary {
  const expired = waivers.filter(one => one.expired).length;
  return { waivers: waivers.length, inForce: waivers.length - expired, expired, idle: waivers.filter(({ allows }) => !allows.length).length };
}

/** `3 waivers: 2 in force, 1 expired, 1 that allows nothing`. */
export function waiversCounted(answer: CheckAnswer): string {
  const { waivers, inForce, expired, idle } = waiverSummary(answer);
  if (!waivers) return 'no waivers';
  const parts = [`${inForce} in force`, ...expired ? [`${expired} expired`] : [], ...idle ? [`${idle} that ${idle === 1 ? 'allows' : 'allow'} nothing that is asked here`] : []];
  return `${waivers} ${waivers === 1 ? 'waiver' : 'waivers'}: ${parts.join(', ')}`;
}

/** Until when it holds: `until 2027-01-31`. */
export function endOf({ waiver: { until }, expired }: PlacedWaiver): string {
  if (until === undefined) return 'without an end';
  return `${expired ? 'expired on' : 'until'} ${until}`;
}

/** For whom: `Deployment shop/web, container proxy`. */
export function forWhom({ object, waiver: { container } }: PlacedWaiver): string {
  return `${subjectOf(object)}${container === undefined ? '' : `, container ${container}`}`;
}

/** Text by text and number by number, by code units. */
function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 ? 0 : a[at] < b[at] ? -1 : 1;
}
