import type { Chart } from 'cdk8s';
import {
  ClusterProfile, FolderKind, ImageProfile, NetworkPlugin, ProfileConfidence, SecurityDefaults,
} from '../../src';

/** What the organisation has decided: every default, an own image with every need, a cluster of which all is known. */
export function decide(chart: Chart): void {
  SecurityDefaults.of(chart).set({
    today: '2026-01-01',
    kubernetesVersion: '1.35',
    cluster: CLUSTER,
    imageProfiles: [WORKER, ...GUESSES],
    imageMirrors: { 'registry.acme.example/hub': 'docker.io' },
    runAsUser: 20001,
    runAsGroup: 20001,
    cpuRequest: '20m',
    cpuLimit: '2',
    memoryRequest: '32Mi',
    memoryLimit: '128Mi',
    ephemeralStorageRequest: '16Mi',
    ephemeralStorageLimit: '128Mi',
    tempFolderSizeLimit: '32Mi',
    revisionHistoryLimit: 4,
    topologyKeys: ['kubernetes.io/hostname'],
    podDisruptionBudget: true,
    runtimeClassName: 'gvisor',
    hostUsers: false,
    appArmorProfile: 'RuntimeDefault',
    seLinuxLabels: { level: 's0:c1,c2', labelType: 'container_t' },
    priorityClassName: 'high',
  });
}

/** An image of one's own. */
const WORKER = ImageProfile.of({
  images: ['ghcr.io/acme/worker'],
  tags: ['2*'],
  user: 10002,
  group: 10002,
  args: ['--serve'],
  env: { WORKER_HOME: '/var/lib/worker' },
  ports: [9000, 9001],
  clientPorts: [9000],
  memoryRequest: '48Mi',
  memoryLimit: '96Mi',
  sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
  hasCopyCommand: true,
  confidence: ProfileConfidence.MEDIUM,
  readOnlyRootEvidence: 'its own tests',
  note: 'It is ours.',
  variants: [{ tags: ['2*-alpine'], user: 10003, group: 10003, ports: [9002] }],
  folders: [
    { path: '/tmp', why: 'uploads', sizeLimit: '8Mi' },
    { path: '/var/lib/worker', kind: FolderKind.SEEDED, env: { WORKER_DATA: '/var/lib/worker' } },
    { path: '/var/cache/worker', kind: FolderKind.EPHEMERAL, sinceVersion: '2.1', beforeVersion: '3' },
    { path: '/var/spool/worker', when: { feature: 'spool' } },
    { path: '/var/run/worker', when: { argPrefixes: ['--no-run'], unless: true } },
    { path: '/var/trace', when: { envPrefixes: ['TRACE_'] } },
    { path: '/data', kind: FolderKind.DATA, subPath: 'worker', when: { feature: 'data' } },
  ],
});

const GUESSES = [ProfileConfidence.HIGH, ProfileConfidence.LOW].map(confidence => ImageProfile.of({ images: [`ghcr.io/acme/${confidence}`], user: 10004, confidence }));

const CLUSTER = ClusterProfile.of({
  title: 'a cluster of which everything is known',
  kubernetesVersion: '1.35',
  networkPlugin: NetworkPlugin.CALICO,
  enforcesPolicies: true,
  ipBlocksMatchNodes: true,
  podCidrs: ['10.244.0.0/16', 'fd00:10:244::/64'],
  serviceCidrs: ['10.96.0.0/16'],
  nodeCidrs: ['192.0.2.0/24'],
  dns: [{ title: 'CoreDNS', namespaceName: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, tcpPorts: [53], udpPorts: [53] }],
  dnsServiceAddress: '10.96.0.10',
  nodeLocalDns: true,
  apiServer: { cidrs: ['192.0.2.4/32'], port: 6443 },
  ingressControllers: [{ title: 'Traefik', namespaceName: 'kube-system', podLabels: { 'app.kubernetes.io/name': 'traefik' }, ingressClassNames: ['traefik'] }],
  scrapers: [{ title: 'Prometheus', namespaceLabels: { team: 'metrics' }, podLabels: { app: 'prometheus' } }],
  webhookCallers: [{ title: 'the API server', cidrs: ['192.0.2.4/32'] }],
  workloadIdentity: [{ title: 'the agent', cidrs: ['169.254.170.23/32'], tcpPorts: [80] }],
});

