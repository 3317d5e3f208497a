import { holdsInternet } from '../../kube/internet';
import { isObject } from '../../kube/json';
import { podTemplates } from '../pod-templates';
import { Direction } from '../policy';
import { LAST_PORT, Protocol, PROTOCOLS } from '../port-set';
import { Reach } from '../reach';
import { Doubt, Verdict } from '../verdict';
import { Workload } from '../workload';

/** Something that leads to a workload from outside of the cluster, and what it can lead through. */
export interface Entrance {
  /** `LoadBalancer shop/web`, `ingress-controller`, `host network` */
  readonly name: string;
  readonly verdict: Verdict;
}

/** What policies let in from the internet, or out to it, wherever that may come by: some address of it at least. */
export function withInternet({ boundary, world: { verdicts } }: Reach, workload: Workload, direction: Direction): Verdict {
  return boundary.families.flatMap(family => boundary.stretches(workload, direction, family).filter(({ range }) => holdsInternet(range)))
    .reduce((sum, { verdict }) => verdicts.either(sum, verdict), verdicts.none);
}

/** What leads to a workload from outside, as far as policies let it through; what they let nothing through of is left out. */
export function entrancesOf(reach: Reach, workload: Workload): Entrance[] {
  const { entrances, boundary, world: { verdicts } } = reach;
  const fromAnywhere = withInternet(reach, workload, 'ingress');
  const services = new Map<string, Verdict>();
  for (const unit of workload.units) {
    for (const { service, ports } of entrances.opened(unit)) {
      const name = `${service.type} ${service.namespace}/${service.name}`;
      services.set(name, verdicts.either(services.get(name) ?? verdicts.none, verdicts.both(fromAnywhere, verdicts.rule(ports, Doubt.NONE))));
    }
  }
  const onHost = workload.units.some(({ isOnHost }) => isOnHost);
  const hostPorts = onHost ? [] : hostPortsOf(workload);
  const found: Entrance[] = [
    ...[...services].map(([name, verdict]) => ({ name, verdict })),
    ...entrances.controllers.map(name => ({ name, verdict: boundary.fromController(name, workload) })),
    ...onHost ? [{ name: 'host network', verdict: verdicts.all }] : [],
    ...hostPorts.map(({ name, port, protocol }) => (
      { name, verdict: verdicts.both(fromAnywhere, verdicts.rule(verdicts.ports.span(protocol, port, port), Doubt.NONE)) }
    )),
  ];
  return found.filter(({ verdict }) => !verdict.maybe.isEmpty).sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Ports of containers that their node answers on. */
function hostPortsOf({ source: { manifest } }: Workload): { readonly name: string; readonly port: number; readonly protocol: Protocol }[] {
  const list = (value: unknown) => Array.isArray(value) ? value.filter(isObject) : [];
  const ports = podTemplates(manifest).flatMap(({ spec }) => list(spec.containers)).flatMap(container => list(container.ports));
  const isPort = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= LAST_PORT;
  return ports.flatMap(({ hostPort, containerPort, protocol = 'TCP' }) => (
    isPort(hostPort) && isPort(containerPort) && PROTOCOLS.includes(protocol as Protocol)
      ? [{ name: `host port ${hostPort}`, port: containerPort, protocol: protocol as Protocol }]
      : []
  ));
}
