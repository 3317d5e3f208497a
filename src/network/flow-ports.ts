import { Fault, didYouMean } from '../kube/faults';
import { PortRange, describePort } from '../kube/ports';
import { knowsPorts } from './cluster-roles';
import { DeclaredFlow, PortRequest, describeFlow, isWorkload } from './flow';
import { DeclaredPort, FlowEnd, describeEnd } from './flow-end';
import { appObjects } from './services';

/** Tells whether nothing was said about ports. */
export function isUnsaid(ask: PortRequest): boolean {
  return !ask.all && !ask.numbers.length && !ask.names.length && !ask.ranges.length;
}

/** The ports of a flow, or undefined for every port of every protocol. Workloads are asked now, at synthesis. */
export function portsOf(flow: DeclaredFlow): PortRange[] | undefined {
  const { ask, target } = flow;
  if (ask.all) return undefined;
  const declared = isWorkload(target) ? target.end.declaredPorts() : undefined;
  if (isUnsaid(ask) && isWorkload(target)) return solePort(flow, target.end);
  return [
    ...ask.numbers.flatMap(port => numbered(flow, port, declared ?? [])),
    ...ask.names.flatMap(name => declared ? named(flow, name, declared) : [{ protocol: ask.protocol ?? 'TCP', port: name }]),
    ...ask.ranges.map(r => r.endPort === r.port ? { protocol: r.protocol, port: r.port } : r),
  ];
}

/** Refuses at once a flow whose ports can never be known: what describes no workload declares none. */
export function checkPortsSaid(flow: DeclaredFlow): void {
  const { ask, target } = flow;
  if (isWorkload(target)) return;
  if (isUnsaid(ask) && !(target.type === 'cluster' && knowsPorts(target))) {
    throw new Fault({
      where: flow.where,
      what: `${describeFlow(flow)} says no ports`,
      id: 'peer-without-ports',
      advice: 'What listens there is not known here. Say { ports: [443] }, or { portRanges: [{ port: 8000, endPort: 8010 }] }; every port of a protocol is the range from 1 to 65535.',
    });
  }
  if (ask.names.length && target.type !== 'pods' && target.type !== 'namespace') {
    throw new Fault({
      where: flow.where,
      what: `${describeFlow(flow)} names the port '${ask.names[0]}', but only pods give names to their ports`,
      id: 'port-name-unknown',
      advice: 'Write the port as a number: { ports: [443] }.',
    });
  }
}

/** A port by its number: with the protocols that the target declares for it, unless one is said. */
function numbered(flow: DeclaredFlow, port: number, declared: readonly DeclaredPort[]): PortRange[] {
  const { protocol } = flow.ask;
  const found = declared.filter(d => d.port === port);
  if (!found.length && isWorkload(flow.target)) refuseServicePort(flow, port, flow.target.end);
  if (protocol !== undefined) return [{ protocol, port }];
  return found.length ? found.map(range) : [{ protocol: 'TCP', port }];
}

/** Refuses a port that no container declares, where a Service shows what was meant: policies see the ports behind it. */
function refuseServicePort(flow: DeclaredFlow, port: number, end: FlowEnd): void {
  for (const service of appObjects(end.construct).services.inFrontOf(end)) {
    const ports = service.behind.find(behind => behind.end === end)!.ports;
    if (service.port !== port || ports.some(own => own.port === port) || !ports.length) continue;
    throw new Fault({
      where: flow.where,
      what: `${describeFlow(flow)} asks for port ${port}, which is that of ${service.title}; the containers behind it listen on ${ports.map(describePort).join(', ')}`,
      id: 'port-of-service',
      advice: `A policy sees the port of the container: { ports: [${ports[0].port}] }. If a container does listen on ${port}, declare it there.`,
    });
  }
}

/** The numbers that a flow asks for and no container of the target declares, though they declare others. */
export function undeclaredPorts({ ask, target }: DeclaredFlow): number[] {
  if (!isWorkload(target)) return [];
  const declared = target.end.declaredPorts();
  const known = [...declared, ...target.end.clientPorts() ?? []];
  return declared.length ? ask.numbers.filter(port => !known.some(own => own.port === port)) : [];
}

/** A port by its name, which the target's containers give. */
function named(flow: DeclaredFlow, name: string, declared: readonly DeclaredPort[]): PortRange[] {
  const { protocol } = flow.ask;
  const found = declared.filter(d => d.name === name && (protocol === undefined || d.protocol === protocol));
  if (found.length) return found.map(range);
  const names = [...new Set(declared.flatMap(d => d.name ?? []))];
  throw new Fault({
    where: flow.where,
    what: `${describeFlow(flow)} names the port '${name}'${protocol ? ` of ${protocol}` : ''}, which no container there declares`,
    id: 'port-name-unknown',
    advice: names.length ? didYouMean(name, names) : `Name the port where the container declares it, or write its number: { ports: [${declared[0]?.port ?? 8080}] }.`,
  });
}

/**
 * The port that clients use where none is said: that of the image's profile, if it tells just one and the
 * containers, where they declare ports, declare it too; else the sole declared one; never all.
 */
function solePort(flow: DeclaredFlow, end: FlowEnd): PortRange[] {
  const declared = end.declaredPorts();
  const client = end.clientPorts() ?? [];
  const meant = declared.length ? declared.filter(d => client.some(c => c.port === d.port)).map(range) : client;
  for (const candidates of [meant, declared.map(range)]) {
    if (new Set(candidates.map(c => c.port)).size === 1) return [...candidates];
  }
  const choices = declared.length ? declared.map(describeDeclared) : client.map(describePort);
  throw new Fault(choices.length ? {
    where: flow.where,
    what: `${describeFlow(flow)} says no port, and ${describeEnd(end)} has several`,
    id: 'ports-ambiguous',
    advice: `Say which, as { ports: [${declared[0]?.port ?? client[0].port}] }: ${[...new Set(choices)].sort().join(', ')}.`,
  } : {
    where: flow.where,
    what: `${describeFlow(flow)} says no port, and ${describeEnd(end)} declares none`,
    id: 'ports-unknown',
    advice: 'Declare the port on a container there, or say it: { ports: [8080] }.',
  });
}

function range({ protocol, port }: DeclaredPort): PortRange {
  return { protocol, port };
}

/** A declared port as people read it: `TCP 5432 'sql' (container db)`. */
export function describeDeclared(port: DeclaredPort): string {
  return `${describePort(range(port))}${port.name ? ` '${port.name}'` : ''} (container ${port.container})`;
}
