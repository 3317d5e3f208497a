import { checkDate } from '../kube/dates';

let clock: string | undefined;

/** The environment's day (`HARDENED_TODAY`), else the clock's, which is read once. It decides whether a waiver has expired, never bytes. */
export function ambientToday(where: string): string {
  const given = process.env.HARDENED_TODAY;
  if (given) return checkDate(where, 'HARDENED_TODAY', given);
  return clock ??= new Date().toISOString().slice(0, 10);
}
