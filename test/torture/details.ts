import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  EgressWhitelist, FolderMedium, IngressWhitelist, LabelOperator, NetworkProtocol, Peer, RbacResource, SecureNamespace,
} from '../../src';
import { Workloads } from './workloads';

/** What is said of workloads after they are made: folders, tokens, rights, flows. */
export function fill(namespace: SecureNamespace, made: Workloads): void {
  folders(namespace, made);
  rights(namespace, made);
  flows(namespace, made);
}

function folders(namespace: SecureNamespace, { deployment, statefulSet, daemonSet, job, cronJob, pod }: Workloads): void {
  const login = new kplus.Secret(namespace, 'login', { metadata: { name: 'login' }, stringData: { password: 'x' } });
  for (const workload of [deployment, statefulSet, daemonSet, job, cronJob, pod]) {
    workload.addContainer({ name: 'second', image: 'nginx:1.28', portNumber: 8080 });
    workload.addInitContainer({ name: 'third', image: 'ghcr.io/acme/worker:2.0', args: ['--more'] });
    workload.addTempFolder('/shared', { containers: ['main', 'second'], sizeLimit: '4Mi', medium: FolderMedium.MEMORY });
    workload.addTempFolder('/own', { medium: FolderMedium.DISK });
    workload.addSeededFolder('/opt/rules', { container: 'main', sizeLimit: '4Mi' });
    workload.addSecretFolder('/etc/login', login, { containers: ['main'], keys: ['password'], optional: true });
    workload.addServiceAccountToken({ audience: 'vault', path: '/var/run/secrets/vault', expirationSeconds: 1200 });
    workload.addDataFolder('/archive', { claimName: 'archive', container: 'main', subPath: 'of/it' });
  }
  statefulSet.addDataFolder('/data', { container: 'main', size: '2Gi', storageClassName: 'fast', subPath: 'db' });
}

function rights(namespace: SecureNamespace, { deployment, statefulSet, daemonSet, job, cronJob, pod }: Workloads): void {
  const settings = new kplus.ConfigMap(namespace, 'settings', { metadata: { name: 'settings' }, data: { a: '1' } });
  for (const workload of [deployment, statefulSet, daemonSet, job, cronJob, pod]) {
    workload.allow(['get'], RbacResource.of({ resourceType: 'pods/log' }), RbacResource.of({ resourceType: 'widgets', apiGroup: 'acme.example', resourceName: 'one' }));
    workload.allowRead(settings);
    workload.allowReadWrite(kplus.ApiResource.LEASES);
    workload.allowClusterWide(['get', 'list'], kplus.ApiResource.NODES);
  }
  deployment.allowClusterWide(['get'], kplus.NonApiResource.of('/metrics'));
  statefulSet.allow(['update'], RbacResource.named(kplus.ApiResource.DEPLOYMENTS, 'web'));
  cronJob.allow(['patch'], RbacResource.ofObject(cdk8s.ApiObject.of(settings)));
}

function flows(namespace: SecureNamespace, { deployment, statefulSet, daemonSet, job, cronJob, pod }: Workloads): void {
  const why = 'orders';
  const existing = SecureNamespace.existing(cdk8s.Chart.of(namespace), 'monitoring', 'monitoring');
  deployment.connectTo(statefulSet, { portNames: ['work'], why });
  deployment.connectTo(daemonSet, { ports: [9003], protocol: NetworkProtocol.UDP });
  job.connectTo(statefulSet, { portRanges: [{ port: 9000, endPort: 9001, protocol: NetworkProtocol.TCP }] });
  cronJob.connectTo(deployment, { ports: [9000] });
  pod.connectTo(Peer.cidr('203.0.113.0/24', { exceptCidrs: ['203.0.113.128/25'] }), { ports: [2905], protocol: NetworkProtocol.SCTP });
  pod.connectTo(Peer.internet(), { ports: [443] });
  pod.connectTo(Peer.workloadIdentity());
  pod.connectTo(Peer.apiServer());
  pod.connectTo(Peer.dns());
  pod.connectTo(Peer.clusterInternal(), { ports: [8081] });
  for (const workload of [deployment, statefulSet, daemonSet, job, cronJob, pod]) {
    workload.connectReplicas({ ports: [9000] });
    workload.connectTo(Peer.workload(statefulSet), { ports: [9000] });
    workload.acceptFrom(Peer.prometheus(), { portNames: ['http-metrics'] });
  }
  daemonSet.acceptFrom(Peer.webhookCallers(), { ports: [9000] });
  daemonSet.acceptFrom(Peer.workload(deployment), { ports: [9000] });
  daemonSet.acceptFrom(Peer.namespace('edge'), { ports: [9000] });
  daemonSet.acceptFrom(existing.pods({ app: 'grafana' }), { ports: [9001] });
  deployment.acceptFrom(Peer.ingressController('traefik'), { ports: [8080] });
  for (const [operator, values] of [[LabelOperator.IN, ['a']], [LabelOperator.NOT_IN, ['b']], [LabelOperator.EXISTS, undefined], [LabelOperator.DOES_NOT_EXIST, undefined]] as const) {
    daemonSet.acceptFrom(Peer.pods({ labels: { app: 'x' }, requirements: [{ key: operator, operator, ...values && { values: [...values] } }], namespaceLabels: { team: 'b' } }), { ports: [9000] });
  }
  daemonSet.acceptFrom(Peer.pods({ namespace: 'batch', labels: { app: 'y' } }), { ports: [9000] });
  daemonSet.acceptFrom(Peer.pods({ everyNamespace: true, labels: { app: 'z' } }), { ports: [9000] });
  new EgressWhitelist(namespace, 'out', {
    workload: deployment, targets: [Peer.cidr('198.51.100.0/24')], ports: [25], portRanges: [{ port: 8000, endPort: 8010, protocol: NetworkProtocol.UDP }], protocol: NetworkProtocol.TCP, why, dns: true,
  });
  new EgressWhitelist(namespace, 'named', { workload: job, targets: [deployment], portNames: ['work'] });
  new IngressWhitelist(namespace, 'in', {
    workload: deployment, sources: [Peer.anyone()], ports: [9000], portNames: ['work'], portRanges: [{ port: 9001, endPort: 9001 }], protocol: NetworkProtocol.TCP, why,
  });
  new IngressWhitelist(namespace, 'all', { workload: pod, sources: [Peer.namespace('edge')], allPorts: true });
  existing.openToAnyone('open', { app: 'prometheus' });
}
