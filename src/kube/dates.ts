import { Fault } from './faults';

/** Refuses what is no calendar day `YYYY-MM-DD`; returns it unchanged. */
export function checkDate(where: string, what: string, text: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match) {
    const [year, month, day] = match.slice(1).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    // The calendar rolls 30 February over into March.
    if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return text;
  }
  throw new Fault({
    where,
    what: `'${text}' is no date for ${what}`,
    id: 'date-invalid',
    advice: "Write a day of the calendar as YYYY-MM-DD, such as '2027-03-31'.",
  });
}
