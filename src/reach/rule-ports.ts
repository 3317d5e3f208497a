import { isObject, Json } from '../kube/json';
import { LAST_PORT, PortSet, PortTable, Protocol, PROTOCOLS } from './port-set';
import { Report } from './selector';
import { NamedPorts } from './unit';

/** The ports of a rule: numbers, and names whose numbers are those of the pod that is connected to. */
export interface RulePorts {
  readonly numbers: PortSet;
  /** `TCP/http` */
  readonly names: readonly string[];
}

const NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/** Reads `ports` of a rule: absent or empty is everything. An entry that the API server would refuse is reported, and left out. */
export function readPorts(value: Json | undefined, field: string, table: PortTable, report: Report): RulePorts {
  const nothing: RulePorts = { numbers: table.none, names: [] };
  if (value === undefined || value === null) return { numbers: table.all, names: [] };
  if (!Array.isArray(value)) {
    report(field, 'ports is a list');
    return nothing;
  }
  if (!value.length) return { numbers: table.all, names: [] };
  return value.map((item, i) => readPort(item, `${field}[${i}]`, table, report) ?? nothing).reduce((a, b) => ({
    numbers: table.union(a.numbers, b.numbers), names: [...a.names, ...b.names],
  }), nothing);
}

/** The ports of a rule at a pod that has these named ones. */
export function resolvePorts({ numbers, names }: RulePorts, named: NamedPorts, table: PortTable): PortSet {
  return names.reduce((sum, key) => (named.get(key) ?? []).reduce((all, port) => (
    table.union(all, table.span(key.slice(0, key.indexOf('/')) as Protocol, port, port))
  ), sum), numbers);
}

function readPort(item: Json, field: string, table: PortTable, report: Report): RulePorts | undefined {
  if (!isObject(item)) {
    report(field, 'a port is a mapping of protocol, port and endPort');
    return undefined;
  }
  const protocol = item.protocol ?? 'TCP';
  const port = item.port ?? null;
  const endPort = item.endPort ?? null;
  const refuse = (where: string, message: string) => {
    report(where, message);
    return undefined;
  };
  if (!PROTOCOLS.includes(protocol as Protocol)) return refuse(`${field}.protocol`, `the protocol ${JSON.stringify(protocol)} is none of ${PROTOCOLS.join(', ')}`);
  if (endPort !== null && typeof port !== 'number') return refuse(`${field}.endPort`, 'endPort needs a port that is a number');
  if (port === null) return { numbers: table.span(protocol as Protocol), names: [] };
  if (typeof port === 'string') {
    return NAME.test(port) ? { numbers: table.none, names: [`${protocol as string}/${port}`] } : refuse(`${field}.port`, `'${port}' is neither a port nor the name of one. Write a number without quotes`);
  }
  if (!isPort(port)) return refuse(`${field}.port`, `${JSON.stringify(port)} is no port from 1 to ${LAST_PORT}`);
  if (endPort === null) return { numbers: table.span(protocol as Protocol, port, port), names: [] };
  if (!isPort(endPort)) return refuse(`${field}.endPort`, `${JSON.stringify(endPort)} is no port from 1 to ${LAST_PORT}`);
  if (endPort < port) return refuse(`${field}.endPort`, `the range ends at ${endPort}, before it starts at ${port}`);
  return { numbers: table.span(protocol as Protocol, port, endPort), names: [] };
}

function isPort(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LAST_PORT;
}
