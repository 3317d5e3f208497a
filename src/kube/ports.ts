import { Fault } from './faults';

/** A port or range of ports of one protocol, as data. */
export interface PortRange {
  /** TCP, UDP or SCTP. */
  readonly protocol: string;
  /** A number from 1 to 65535, or the name of a container's port. */
  readonly port: number | string;
  /** The last port of a range. */
  readonly endPort?: number;
}

const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/** Refuses a port that the API server would refuse. */
export function checkPort(where: string, port: number, what = 'port'): number {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new Fault({
    where,
    what: `${what} ${port} is out of range`,
    id: 'port-invalid',
    advice: port === 0
      ? 'Ports go from 1 to 65535; 0 does not mean "every port": write a range from 1 to 65535 for that.'
      : 'Ports go from 1 to 65535.',
  });
}

/** Refuses a range that the API server would refuse. */
export function checkPortRange(where: string, range: PortRange): PortRange {
  if (typeof range.port === 'string') {
    if (!PORT_NAME.test(range.port)) {
      throw new Fault({ where, what: `'${range.port}' is no name of a port`, id: 'port-invalid', advice: 'Use at most 15 lower-case letters, digits and single hyphens, with a letter among them.' });
    }
    if (range.endPort !== undefined) {
      throw new Fault({ where, what: `a range cannot start at the named port '${range.port}'`, id: 'port-invalid', advice: 'Write the first port as a number.' });
    }
    return range;
  }
  checkPort(where, range.port);
  if (range.endPort === undefined) return range;
  checkPort(where, range.endPort, 'end port');
  if (range.endPort < range.port) {
    throw new Fault({
      where,
      what: `the range of ports ends at ${range.endPort}, before it starts at ${range.port}`,
      id: 'port-range-invalid',
      advice: `Did you mean ${range.endPort} to ${range.port}?`,
    });
  }
  return range;
}

/** A port as people read it: `TCP 5432`, `UDP 8000-8010`. */
export function describePort(range: PortRange): string {
  return `${range.protocol} ${range.port}${range.endPort !== undefined && range.endPort !== range.port ? `-${range.endPort}` : ''}`;
}
