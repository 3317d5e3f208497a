import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  ClusterProfile, EgressStance, EgressWhitelist, HardenedDaemonSet, HardenedDeployment, HardenedStatefulSet, IHardenedWorkload, IngressWhitelist,
  LabelOperator, NetworkProtocol, Peer, SecureNamespace, SecurityDefaults,
} from '../../../src';

/** What an edit changes: some flows fewer, or some more. */
export type Edit = 'none' | 'narrow' | 'widen';

const CONTAINER = { image: 'registry.example/x:1', securityContext: { user: 1000, group: 1000 } };

/** The cluster: stand-ins that the test makes, addresses outside, and the DNS that the lab brings. */
const CLUSTER = ClusterProfile.of({
  title: 'the lab',
  podCidrs: ['10.244.0.0/16'],
  // Not the lab's own range, where nobody answers.
  serviceCidrs: ['10.66.0.0/16'],
  nodeCidrs: ['192.0.2.0/24'],
  nodeLocalDns: true,
  apiServer: { cidrs: ['192.0.2.4/32'], port: 6443 },
  ingressControllers: [
    { title: 'the controller', namespaceName: 'edge', podLabels: { app: 'controller' }, ingressClassNames: ['pods'] },
    { title: 'the balancer', cidrs: ['198.51.100.0/24', '2001:db8:100::/48'], ingressClassNames: ['balancer'] },
  ],
  scrapers: [{ title: 'Prometheus', namespaceLabels: { team: 'metrics' }, podLabels: { app: 'prometheus' } }],
  webhookCallers: [{ title: 'the API server', cidrs: ['192.0.2.4/32'] }],
  workloadIdentity: [{ title: 'the agent', cidrs: ['169.254.170.23/32', 'fd00:ec2::23/128'], tcpPorts: [80] }],
});

/** Two closed namespaces in three charts, and one that is open towards the cluster, with every kind of peer; what they mean is said a second time in `expected`. */
export function torture(edit: Edit): any[] {
  const app = new App();
  SecurityDefaults.of(app).set({ cluster: CLUSTER });
  const names = new Chart(app, 'names', { disableResourceNameHashes: true });
  const shop = new SecureNamespace(names, 'shop');
  const data = new SecureNamespace(names, 'data');
  const agents = new SecureNamespace(names, 'agents', { egress: EgressStance.IN_CLUSTER });
  const front = new Chart(app, 'front', { namespace: 'shop', disableResourceNameHashes: true });

  const web = new HardenedDeployment(front, 'web', { metadata: { name: 'web' }, replicas: 2, containers: [{ ...CONTAINER, ports: [{ number: 8080, name: 'http' }, { number: 9102, name: 'metrics' }] }] });
  const api = new HardenedDeployment(shop, 'api', {
    metadata: { name: 'api' }, replicas: 1,
    containers: [{ ...CONTAINER, ports: [{ number: 5000, name: 'udp', protocol: kplus.Protocol.UDP }, { number: 9000, name: 'http' }, { number: 5001, name: 'more', protocol: kplus.Protocol.UDP }] }],
  });
  const lonely = new HardenedDeployment(shop, 'lonely', { metadata: { name: 'lonely' }, replicas: 1, containers: [{ ...CONTAINER, ports: [{ number: 8080 }] }] });
  const service = new kplus.Service(data, 'db-service', { metadata: { name: 'db', namespace: 'data' }, clusterIP: 'None', ports: [{ port: 5432 }] });
  const db = new HardenedStatefulSet(data, 'db', {
    metadata: { name: 'db' }, replicas: 3, service,
    containers: [{ ...CONTAINER, ports: [{ number: 5432, name: 'sql' }, { number: 7000, name: 'gossip' }, { number: 9187, name: 'http-metrics' }] }],
  });
  const wide = new HardenedDeployment(data, 'wide', {
    metadata: { name: 'wide' }, replicas: 1, containers: [{ ...CONTAINER, ports: [7999, 8000, 8005, 8010, 8011].map(number => ({ number, name: `p${number}` })) }],
  });
  const hook = new HardenedDaemonSet(data, 'hook', { metadata: { name: 'hook' }, containers: [{ ...CONTAINER, ports: [{ number: 8443, name: 'https' }, { number: 8081, name: 'health' }] }] });

  web.connectTo(api, { portNames: ['http'] });
  api.acceptFrom(web, { ports: [5000] });
  api.connectTo(db, { ports: [5432], why: 'orders' });
  if (edit === 'widen') web.connectTo(db, { ports: [5432] });
  db.connectReplicas({ ports: [7000] });
  if (edit !== 'narrow') api.connectTo(wide, { portRanges: [{ port: 8000, endPort: 8010 }] });
  else api.connectTo(wide, { portRanges: [{ port: 8000, endPort: 8005 }] });

  // Inwards: from pods of others, a namespace, everybody; from what the cluster runs, by derivation.
  wide.acceptFrom(Peer.pods({ labels: { app: 'guest' }, everyNamespace: true }), { ports: [8011] });
  wide.acceptFrom(Peer.pods({ namespaceLabels: { team: 'metrics' }, requirements: [{ key: 'app', operator: LabelOperator.NOT_IN, values: ['prometheus'] }] }), { ports: [7999] });
  new IngressWhitelist(data, 'guests', { workload: hook, sources: [Peer.namespace('guests')], ports: [8081] });
  if (edit !== 'narrow') new IngressWhitelist(data, 'office', { workload: db, sources: [Peer.cidr('203.0.113.0/24', { exceptCidrs: ['203.0.113.128/25'] })], ports: [5432] });
  new IngressWhitelist(shop, 'udp', { workload: api, sources: [Peer.anyone()], ports: [5001], protocol: NetworkProtocol.UDP });
  ingress(front, web, 'pods', 80, 8080);
  ingress(front, api, 'balancer', 80, 9000);
  new ApiObject(data, 'validating', {
    apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration', metadata: { name: 'hook', namespace: undefined },
    webhooks: [{
      name: 'hook.lab.example', clientConfig: { service: { namespace: 'data', name: 'hook', port: 443 } }, sideEffects: 'None', admissionReviewVersions: ['v1'], failurePolicy: 'Ignore',
      rules: [{ apiGroups: ['nobody.example'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['things'] }],
    }],
  } as never);
  new kplus.Service(data, 'hook-service', { metadata: { name: 'hook', namespace: 'data' }, selector: hook, ports: [{ port: 443, targetPort: 8443 }] });

  const agent = new HardenedDeployment(agents, 'agent', { metadata: { name: 'agent' }, replicas: 1, containers: [{ ...CONTAINER, ports: [{ number: 8080, name: 'http' }, { number: 8081, name: 'hooks' }] }] });
  agent.acceptFrom(Peer.prometheus(), { ports: [8080] });
  agent.acceptFrom(Peer.webhookCallers(), { ports: [8081] });

  // Outwards.
  agent.connectTo(Peer.dns());
  web.connectTo(Peer.internet(), { ports: [443] });
  api.connectTo(Peer.cidr('10.20.0.0/16', { exceptCidrs: ['10.20.30.0/24'] }), { ports: [25] });
  wide.connectTo(Peer.clusterInternal(), { ports: [8080] });
  hook.connectTo(Peer.workloadIdentity());
  db.connectTo(Peer.apiServer(), { why: 'elects a leader' });
  new EgressWhitelist(shop, 'controller', { workload: web, targets: [Peer.ingressController('pods')], ports: [8443] });
  lonely.connections.isolate();
  new kplus.Role(front, 'role', { metadata: { name: 'reads', namespace: 'shop' }, rules: [{ verbs: ['get'], resources: [kplus.ApiResource.CONFIG_MAPS] }] }).bind(lonely);
  return app.charts.flatMap(chart => Testing.synth(chart));
}

function ingress(scope: Chart, workload: HardenedDeployment & IHardenedWorkload, className: string, port: number, targetPort: number): void {
  const service = workload.exposeViaService({ name: workload.name, ports: [{ port, targetPort }] });
  new kplus.Ingress(scope, `${className}-ingress`, { metadata: { name: className, namespace: 'shop' }, className, defaultBackend: kplus.IngressBackend.fromService(service) });
}

/** Whoever else is in the cluster. The lab brings the DNS. */
export const STAND_INS = [
  namespace('edge'), namespace('monitoring', { team: 'metrics' }), namespace('guests'),
  pod('edge', 'controller', [8080, 8443]), pod('monitoring', 'prometheus', [9090]), pod('monitoring', 'grafana', [8080]),
  pod('guests', 'guest', [8080]), pod('guests', 'stranger', [8080, 8443]),
];

function namespace(name: string, labels: object = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

function pod(space: string, name: string, ports: number[]): object {
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: space, labels: { app: name } },
    spec: { containers: [{ name: 'main', image: 'x', ports: ports.map(containerPort => ({ containerPort })) }] },
  };
}
