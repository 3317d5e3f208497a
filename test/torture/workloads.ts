import { Cron, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  HardenedCronJob, HardenedDaemonSet, HardenedDeployment, HardenedDeploymentProps, HardenedJob, HardenedOptions, HardenedPod,
  HardenedStatefulSet, SecureNamespace, SecurityDefaults,
} from '../../src';

/** Every kind of workload. */
export interface Workloads {
  readonly deployment: HardenedDeployment;
  readonly statefulSet: HardenedStatefulSet;
  readonly daemonSet: HardenedDaemonSet;
  readonly job: HardenedJob;
  readonly cronJob: HardenedCronJob;
  readonly pod: HardenedPod;
}

const WORKER = 'ghcr.io/acme/worker:2.1-alpine';

/** What every workload may say of how it is hardened. */
const OPTIONS = {
  appArmorProfile: 'RuntimeDefault',
  cpuLimit: '1',
  cpuRequest: '10m',
  ephemeralStorageLimit: '64Mi',
  ephemeralStorageRequest: '8Mi',
  hostUsers: false,
  memoryLimit: '96Mi',
  memoryRequest: '24Mi',
  podDisruptionBudget: true,
  priorityClassName: 'high',
  revisionHistoryLimit: 2,
  runAsGroup: 20002,
  runAsUser: 20002,
  runtimeClassName: 'gvisor',
  seLinuxLabels: { level: 's0:c3,c4', labelType: 'container_t' },
  tempFolderSizeLimit: '16Mi',
  topologyKeys: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
  tempFolders: ['/scratch'],
  containerOptions: { main: { tempFolders: ['/work'], features: ['spool'], useImageProfile: true } },
  dataSize: '1Gi',
  storageClassName: 'fast',
  derivedFlows: { apiServer: true, dns: true, ingressController: true, prometheus: true, webhookCallers: true },
} satisfies HardenedOptions;

/** What every pod may say in cdk8s-plus. */
function pod(scope: SecureNamespace, name: string) {
  const metadata = { name, labels: { team: 'a' }, annotations: { about: 'torture' } };
  return {
    metadata,
    automountServiceAccountToken: false,
    containers: [{
      image: WORKER,
      name: 'main',
      ports: [{ number: 9000, name: 'work' }, { number: 9001, name: 'http-metrics' }, { number: 9003, name: 'talk', protocol: kplus.Protocol.UDP }],
      envVariables: { TRACE_LEVEL: kplus.EnvValue.fromValue('1') },
    }],
    initContainers: [{ image: WORKER, name: 'prepare', args: ['--prepare'] }],
    dns: { hostname: 'torture', nameservers: ['10.96.0.10'], policy: kplus.DnsPolicy.NONE, searches: ['acme.example'], options: [{ name: 'ndots', value: '2' }] },
    dockerRegistryAuth: kplus.Secret.fromSecretName(scope, `${name}-registry`, 'registry'),
    hostAliases: [{ ip: '203.0.113.9', hostnames: ['legacy.acme.example'] }],
    isolate: false,
    securityContext: { user: 20003, group: 20003, fsGroup: 20004, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH },
    serviceAccount: new kplus.ServiceAccount(scope, `${name}-account`, { metadata: { name } }),
    terminationGracePeriod: Duration.seconds(20),
    volumes: [kplus.Volume.fromEmptyDir(scope, `${name}-volume`, 'spare')],
  };
}

/** What every workload that makes pods may say besides. */
const TEMPLATE = { podMetadata: { labels: { tier: 'torture' } }, spread: true };

/** Each kind with each property that goes together. */
export function workloads(namespace: SecureNamespace): Workloads {
  const service = new kplus.Service(namespace, 'stateful-service', { metadata: { name: 'stateful' }, clusterIP: 'None', ports: [{ port: 9000 }] });
  return {
    deployment: new HardenedDeployment(namespace, 'deployment', {
      ...pod(namespace, 'deployment'), ...OPTIONS, ...TEMPLATE, select: true, restartPolicy: kplus.RestartPolicy.ALWAYS, rollOnPolicyChange: true,
      replicas: 3, minReady: Duration.seconds(1), progressDeadline: Duration.minutes(2), strategy: kplus.DeploymentStrategy.recreate(),
    }),
    statefulSet: new HardenedStatefulSet(namespace, 'stateful', {
      ...pod(namespace, 'stateful'), ...OPTIONS, ...TEMPLATE, select: true, restartPolicy: kplus.RestartPolicy.ALWAYS,
      replicas: 2, minReady: Duration.seconds(1), podManagementPolicy: kplus.PodManagementPolicy.PARALLEL, service,
      strategy: kplus.StatefulSetUpdateStrategy.rollingUpdate({ partition: 1 }),
    }),
    daemonSet: new HardenedDaemonSet(namespace, 'daemon', {
      ...pod(namespace, 'daemon'), ...OPTIONS, ...TEMPLATE, select: true, restartPolicy: kplus.RestartPolicy.ALWAYS, rollOnPolicyChange: true, minReadySeconds: 1,
    }),
    job: new HardenedJob(namespace, 'job', {
      ...pod(namespace, 'job'), ...OPTIONS, ...TEMPLATE, select: false, restartPolicy: kplus.RestartPolicy.ON_FAILURE,
      activeDeadline: Duration.hours(1), backoffLimit: 2, ttlAfterFinished: Duration.hours(2),
    }),
    cronJob: new HardenedCronJob(namespace, 'cron', {
      ...pod(namespace, 'cron'), ...OPTIONS, ...TEMPLATE, select: false, restartPolicy: kplus.RestartPolicy.NEVER,
      activeDeadline: Duration.hours(1), backoffLimit: 2, schedule: Cron.daily(), timeZone: 'Etc/UTC',
      concurrencyPolicy: kplus.ConcurrencyPolicy.FORBID, failedJobsRetained: 2, successfulJobsRetained: 1, startingDeadline: Duration.minutes(5),
      suspend: true,
    }),
    pod: new HardenedPod(namespace, 'pod', { ...pod(namespace, 'pod'), ...OPTIONS, restartPolicy: kplus.RestartPolicy.ALWAYS }),
  };
}

const WINDOWS = { windows: true, containers: [{ image: 'ghcr.io/acme/windows:1', portNumber: 8080 }] } satisfies Partial<HardenedDeploymentProps>;

/** Each kind on Windows. */
export function onWindows(namespace: SecureNamespace): void {
  new HardenedDeployment(namespace, 'win-deployment', WINDOWS);
  new HardenedStatefulSet(namespace, 'win-stateful', WINDOWS);
  new HardenedDaemonSet(namespace, 'win-daemon', WINDOWS);
  new HardenedJob(namespace, 'win-job', WINDOWS);
  new HardenedCronJob(namespace, 'win-cron', { ...WINDOWS, schedule: Cron.hourly() });
  new HardenedPod(namespace, 'win-pod', WINDOWS);
}

/** Weaker than the namespace would have it, each with its reason. */
const WAIVED = {
  containers: [{ image: 'busybox:1.37', command: ['sleep', '1000'], ports: [{ number: 8080, hostPort: 8080 }], securityContext: { user: 0, ensureNonRoot: false, readOnlyRootFilesystem: false } }],
  hostNetwork: true,
  hostUsers: true,
  waivers: [
    { rule: 'pod-host-network', reason: 'watches the node', owner: 'team-a', until: '2099-12-31', ticket: 'ACME-1' },
  ],
} satisfies Partial<HardenedDeploymentProps>;

/** Each kind with waivers of its own, of the namespace, and given later. */
export function waived(namespace: SecureNamespace): void {
  SecurityDefaults.of(namespace).waive({ rule: 'pod-read-only-root', container: 'main', reason: 'writes beside itself', owner: 'team-a' });
  for (const workload of [
    new HardenedDeployment(namespace, 'waived-deployment', { ...WAIVED, metadata: { name: 'deployment' } }),
    new HardenedStatefulSet(namespace, 'waived-stateful', { ...WAIVED, metadata: { name: 'statefulset' } }),
    new HardenedDaemonSet(namespace, 'waived-daemon', { ...WAIVED, metadata: { name: 'daemonset' } }),
    new HardenedJob(namespace, 'waived-job', { ...WAIVED, metadata: { name: 'job' } }),
    new HardenedCronJob(namespace, 'waived-cron', { ...WAIVED, metadata: { name: 'cronjob' }, schedule: Cron.hourly(), ttlAfterFinished: Duration.hours(2) }),
    new HardenedPod(namespace, 'waived-pod', { ...WAIVED, metadata: { name: 'pod' } }),
  ]) {
    workload.waive({ rule: 'pod-run-as-root', container: 'main', reason: 'reads what only root may', owner: 'team-a' });
  }
}
