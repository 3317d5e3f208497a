import { Fault } from '../kube/faults';
import { LAST_PORT, Protocol, PROTOCOLS } from './port-set';

/** A port that somebody asks about; throws where it is none [port-invalid, protocol-unknown]. */
export function askedPort(where: string, port: number, protocol = 'TCP'): { readonly port: number; readonly protocol: Protocol } {
  if (!Number.isInteger(port) || port < 1 || port > LAST_PORT) {
    throw new Fault({ where, what: `${JSON.stringify(port)} is no port`, id: 'port-invalid', advice: `Ask about one from 1 to ${LAST_PORT}.` });
  }
  if (!PROTOCOLS.includes(protocol as Protocol)) {
    throw new Fault({ where, what: `'${protocol}' is no protocol that has ports`, id: 'protocol-unknown', advice: `Known are: ${PROTOCOLS.join(', ')}.` });
  }
  return { port, protocol: protocol as Protocol };
}

/** Pairs that are looked at one by one. */
const MOST_PAIRS = 100;
/** Longer ways tell nothing: nearly everybody is on one. */
export const MOST_HOPS = 10;

/** Refuses more pairs than anybody reads about [pairs-too-many]. */
export function checkPairs(where: string, count: number): void {
  if (count <= MOST_PAIRS) return;
  throw new Fault({
    where, what: `${count} pairs are asked about`, id: 'pairs-too-many', advice: `Name at most ${MOST_PAIRS}: namespace/name on both sides.`,
  });
}

/** Refuses a length that no way has [hops-invalid]. */
export function checkHops(where: string, hops: number): void {
  if (Number.isInteger(hops) && hops >= 1 && hops <= MOST_HOPS) return;
  throw new Fault({ where, what: `${JSON.stringify(hops)} is no number of connections`, id: 'hops-invalid', advice: `Ask for ways of 1 to ${MOST_HOPS}.` });
}
