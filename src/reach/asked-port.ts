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
