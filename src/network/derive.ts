import { Fault } from '../kube/faults';
import type { ClusterRole } from '../kube/peers';
import type { PortRange } from '../kube/ports';
import type { ClusterFacts } from '../posture/cluster-facts';
import { endpointsOf } from './cluster-roles';
import { Exposure, exposuresOf } from './exposures';
import { DeclaredFlow, PortRequest, Side } from './flow';
import type { FlowEnd } from './flow-end';
import { portsOf } from './flow-ports';

const UNSAID: PortRequest = { numbers: [], names: [], ranges: [] };

/** What follows from what a workload is, for the egress that is closed anyway. */
export function derivedEgress(end: FlowEnd, own: Side): DeclaredFlow[] {
  if (end.derivedFlows?.apiServer === false || !end.asksApiServer?.()) return [];
  return [{ where: end.construct.node.path, source: own, target: { type: 'cluster', role: 'apiServer' }, ask: UNSAID, why: 'rights were granted to its service account' }];
}

/**
 * What follows from what a workload is, for the ingress that is closed anyway.
 *
 * @param declared the flows that were asked for: where they let somebody in, an unknown caller is taken for one of these
 */
export function derivedIngress(end: FlowEnd, own: Side, cluster: ClusterFacts, declared: readonly DeclaredFlow[]): DeclaredFlow[] {
  const { derivedFlows: { ingressController = true, prometheus = true, webhookCallers = true } = {} } = end;
  const wanted: Readonly<Partial<Record<ClusterRole, boolean>>> = { ingressControllers: ingressController, webhookCallers };
  const exposures: Exposure[] = exposuresOf(end).filter(({ source, ports }) => {
    if (!wanted[source.role]) return false;
    const endpoints = endpointsOf(source, cluster);
    return endpoints ? endpoints.length > 0 : !ports.every(port => isOpen(port, declared));
  });
  const metrics = prometheus && cluster.scrapers ? metricsPorts(end) : [];
  if (metrics.length) exposures.push({ source: { type: 'cluster', role: 'scrapers' }, ports: metrics, why: 'metrics are scraped' });
  const where = end.construct.node.path;
  return exposures.map(({ source, ports, why }) => ({ where, source, target: own, ask: { ...UNSAID, ranges: ports }, why }));
}

function isOpen({ protocol, port }: PortRange, declared: readonly DeclaredFlow[]): boolean {
  return declared.some(flow => portsOf(flow)?.some(own => (
    own.protocol === protocol && own.port <= port && port <= (own.endPort ?? own.port)
  )) ?? true);
}

const METRICS_PORT = /(^|-)metrics(-|$)/;

/** The ports where a workload says that it serves metrics. */
function metricsPorts(end: FlowEnd): PortRange[] {
  const declared = end.declaredPorts().filter(({ name }) => name !== undefined && METRICS_PORT.test(name));
  const named = declared.map(({ protocol, port }) => ({ protocol, port }));
  const { 'prometheus.io/scrape': scrape, 'prometheus.io/port': annotated } = end.podAnnotations?.() ?? {};
  if (scrape !== 'true' || annotated === undefined) return named;
  const port = Number(annotated);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return [...named, { protocol: 'TCP', port }];
  throw new Fault({ where: end.construct.node.path, what: `the annotation 'prometheus.io/port: ${annotated}' is no port`, id: 'port-invalid', advice: 'Write a number from 1 to 65535.' });
}
