import { App, AppProps, Chart, Cron, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  FolderMedium, HardenedCronJob, HardenedDaemonSet, HardenedDeployment, HardenedJob, HardenedPod, HardenedStatefulSet, ImageProfile,
  IngressWhitelist, EgressWhitelist, Peer, SecureNamespace, SecurityDefaults, FolderKind, NetworkProtocol,
} from '../../src';

/** An app with every kind and every property, none of them waived: what it writes is a snapshot, and a real API server takes it. */
export function everything(props: AppProps = {}): Chart {
  const app = new App(props);
  SecurityDefaults.of(app).set({
    today: '2026-01-01',
    kubernetesVersion: '1.33',
    memoryLimit: '256Mi',
    imageProfiles: [ImageProfile.of({
      images: ['ghcr.io/acme/worker'],
      user: 10002,
      group: 10002,
      folders: [{ path: '/tmp' }, { path: '/var/lib/worker', kind: FolderKind.SEEDED }],
      env: { WORKER_HOME: '/var/lib/worker' },
      ports: [9000],
    })],
    imageMirrors: { 'registry.acme.example/hub': 'docker.io' },
  });
  const chart = new Chart(app, 'all', { namespace: 'all', disableResourceNameHashes: true, labels: { team: 'a' } });
  const namespace = new SecureNamespace(chart, 'all');
  const config = new kplus.ConfigMap(chart, 'config', { data: { 'a.txt': 'a' } });
  const secret = new kplus.Secret(chart, 'secret', { stringData: { password: 'x' } });

  const web = new HardenedDeployment(namespace, 'web', {
    containers: [{
      name: 'nginx',
      image: 'registry.acme.example/hub/library/nginx:1.28.0',
      portNumber: 80,
      readiness: kplus.Probe.fromHttpGet('/'),
      liveness: kplus.Probe.fromTcpSocket(),
      startup: kplus.Probe.fromTcpSocket({ failureThreshold: 30 }),
      resources: { cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) }, memory: { limit: Size.mebibytes(64) } },
      lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
      envFrom: [kplus.Env.fromConfigMap(config)],
    }],
    tempFolders: ['/scratch'],
    runtimeClassName: 'gvisor',
    hostUsers: false,
    appArmorProfile: 'RuntimeDefault',
    seLinuxLabels: { level: 's0:c1,c2' },
    priorityClassName: 'high',
    topologyKeys: ['topology.kubernetes.io/zone'],
    revisionHistoryLimit: 5,
  });
  web.addContainer({
    image: 'ghcr.io/acme/worker@sha256:' + 'a'.repeat(64),
    ports: [{ number: 9000, name: 'work' }, { number: 9001, name: 'metrics', protocol: kplus.Protocol.UDP }],
    volumeMounts: [{ path: '/etc/worker', volume: kplus.Volume.fromConfigMap(chart, 'config-volume', config) }],
  });
  web.addInitContainer({ image: 'ghcr.io/acme/worker:1.0', command: ['/bin/prepare'] });
  web.addTempFolder('/shared', { containers: ['nginx', 'main'], sizeLimit: '64Mi', medium: FolderMedium.MEMORY });
  web.addServiceAccountToken({ audience: 'vault', path: '/var/run/secrets/vault' });

  const db = new HardenedStatefulSet(namespace, 'db', {
    containers: [{
      name: 'postgres',
      image: 'postgres:17.2',
      portNumber: 5432,
      volumeMounts: [{ path: '/etc/login', volume: kplus.Volume.fromSecret(chart, 'secret-volume', secret) }],
      envVariables: { POSTGRES_PASSWORD_FILE: kplus.EnvValue.fromValue('/etc/login/password') },
    }],
    replicas: 3,
    dataSize: '10Gi',
    storageClassName: 'fast',
  });
  db.connectTo(db);
  web.connectTo(db);

  const reader = new kplus.Role(chart, 'reader');
  reader.allowRead(kplus.ApiResource.PODS);
  const agent = new HardenedDaemonSet(namespace, 'agent', {
    containers: [{ image: 'ghcr.io/acme/agent:2', securityContext: { user: 10005, group: 10005 }, ports: [{ number: 8125, protocol: kplus.Protocol.UDP }] }],
  });
  agent.addSeededFolder('/opt/agent/rules', { sizeLimit: '32Mi' });
  reader.bind(agent);
  web.connectTo(agent);

  const job = new HardenedJob(namespace, 'migrate', {
    containers: [{ image: 'ghcr.io/acme/worker:1.0' }], backoffLimit: 3, ttlAfterFinished: Duration.hours(1),
  });
  job.connectTo(db);
  const report = new HardenedCronJob(namespace, 'report', { schedule: Cron.daily(), containers: [{ image: 'python:3.13', securityContext: { user: 10006 } }] });
  report.connectTo(db, { why: 'reads the orders of the day' });
  new HardenedPod(namespace, 'windows', { containers: [{ image: 'ghcr.io/acme/windows:1' }], windows: true });
  new HardenedPod(namespace, 'alone', { containers: [{ image: 'memcached:1.6', portNumber: 11211 }], isolate: true });

  new EgressWhitelist(chart, 'mail', { workload: web, targets: [Peer.cidr('203.0.113.0/24', { exceptCidrs: ['203.0.113.7/32'] })], ports: [587] });
  new IngressWhitelist(chart, 'outside', {
    workload: web,
    sources: [Peer.anyone()],
    portRanges: [{ port: 9000, endPort: 9001, protocol: NetworkProtocol.UDP }],
    ports: [80],
  });
  web.exposeViaIngress('/', { ports: [{ port: 80, targetPort: 80 }] });
  new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target: web, maxReplicas: 5, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))] });
  return chart;
}
