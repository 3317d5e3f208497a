import { Fault } from './faults';

/** The greatest id that Kubernetes takes for a user or a group. */
const GREATEST_ID = 0x7fffffff;

/** Refuses what Kubernetes would refuse as the id of a user or a group. */
export function checkNumericId(where: string, what: string, id: unknown): void {
  if (Number.isInteger(id) && Number(id) >= 0 && Number(id) <= GREATEST_ID) return;
  throw new Fault({
    where,
    what: `${what} is ${String(id)}, which is no numeric id`,
    id: 'id-invalid',
    advice: `Write a whole number from 0 to ${GREATEST_ID}, such as 10001.`,
  });
}
