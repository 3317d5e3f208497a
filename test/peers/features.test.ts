import { ApiObject, Cron, Duration, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedCronJob, HardenedDaemonSet, HardenedDeployment, HardenedJob, HardenedStatefulSet } from '../../src';
import { KINDS, MAKE, WEB, apiObject, chart, only, podOf, podPointer, podTemplate, synthAll, written } from './workloads';

const { Probe } = kplus;

describe('what stands before a workload', () => {
  test('a Service of a Deployment selects its pods', () => {
    const scope = chart('shop');
    const web = new HardenedDeployment(scope, 'web', { containers: [WEB] });
    web.exposeViaService({ name: 'front', serviceType: kplus.ServiceType.CLUSTER_IP });
    const objects = Testing.synth(scope);
    const service = only(objects, 'Service');
    expect(service.metadata).toMatchObject({ name: 'front', namespace: 'shop' });
    expect(service.spec.ports).toEqual([{ port: 8080, targetPort: 8080 }]);
    expect(only(objects, 'Deployment').spec.template.metadata.labels).toMatchObject(service.spec.selector);
  });

  test.each(KINDS)('a Service of one\'s own selects the pods of a %s', kind => {
    const scope = chart();
    const workload = MAKE[kind](scope, 'web', { containers: [WEB] });
    new kplus.Service(scope, 'own', { metadata: { name: 'own' }, selector: workload, ports: [{ port: 80, targetPort: 8080 }] });
    const objects = Testing.synth(scope);
    const { selector } = objects.find(({ metadata }) => metadata.name === 'own').spec;
    expect(Object.keys(selector)).toEqual(['cdk8s.io/metadata.addr']);
    expect(podTemplate(only(objects, kind)).metadata.labels).toMatchObject(selector);
  });

  test('an Ingress of a Deployment leads to its Service', () => {
    const scope = chart();
    new HardenedDeployment(scope, 'web', { containers: [WEB] }).exposeViaIngress('/shop', { name: 'front' });
    const objects = Testing.synth(scope);
    expect(only(objects, 'Ingress').spec.rules[0].http.paths[0]).toEqual({
      path: '/shop', pathType: 'Prefix', backend: { service: { name: 'front', port: { number: 8080 } } },
    });
    expect(only(objects, 'Service').metadata.name).toBe('front');
  });

  test.each(['Deployment', 'StatefulSet'] as const)('an autoscaler of a %s is left the replicas, and its pods get a budget', kind => {
    const scope = chart('shop');
    const web = MAKE[kind](scope, 'web', { containers: [WEB] }) as HardenedDeployment | HardenedStatefulSet;
    new kplus.HorizontalPodAutoscaler(scope, 'scaler', { target: web, minReplicas: 2, maxReplicas: 5 });
    const objects = Testing.synth(scope);
    const manifest = only(objects, kind);
    expect(manifest.spec).not.toHaveProperty('replicas');
    expect(only(objects, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind, name: web.name });
    expect(only(objects, 'PodDisruptionBudget')).toEqual({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: `${kind.toLowerCase()}-${web.name}`, namespace: 'shop' },
      spec: { maxUnavailable: 1, selector: { matchLabels: manifest.spec.selector.matchLabels }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    });
    expect(manifest.spec.template.spec.topologySpreadConstraints).toHaveLength(2);
  });
});

describe.each(KINDS)('a hardened %s', kind => {
  const make = MAKE[kind];

  test('mounts claims, config maps and secrets, and takes them as environment', () => {
    const scope = chart();
    const claim = new kplus.PersistentVolumeClaim(scope, 'claim', { metadata: { name: 'files' }, storage: Size.gibibytes(1), accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE] });
    const config = new kplus.ConfigMap(scope, 'config', { metadata: { name: 'settings' }, data: { color: 'red' } });
    const secret = new kplus.Secret(scope, 'secret', { metadata: { name: 'keys' }, stringData: { token: 'x' } });
    const workload = make(scope, 'web', {
      containers: [{
        ...WEB,
        envVariables: {
          COLOR: kplus.EnvValue.fromConfigMap(config, 'color'),
          TOKEN: kplus.EnvValue.fromSecretValue({ secret, key: 'token' }),
          POD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
        },
        envFrom: [new kplus.EnvFrom(config), new kplus.EnvFrom(undefined, 'S_', secret)],
        volumeMounts: [
          { path: '/files', volume: kplus.Volume.fromPersistentVolumeClaim(scope, 'files', claim), subPath: 'web' },
          { path: '/etc/settings', volume: kplus.Volume.fromConfigMap(scope, 'settings', config), readOnly: true },
          { path: '/etc/keys', volume: kplus.Volume.fromSecret(scope, 'keys', secret, { defaultMode: 0o440 }), readOnly: true },
        ],
      }],
      tempFolders: ['/tmp'],
    });
    const pod = podOf(workload);
    expect(pod.containers[0].env).toEqual([
      { name: 'COLOR', valueFrom: { configMapKeyRef: { key: 'color', name: 'settings' } } },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { key: 'token', name: 'keys' } } },
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ]);
    expect(pod.containers[0].envFrom).toEqual([{ configMapRef: { name: 'settings' } }, { prefix: 'S_', secretRef: { name: 'keys' } }]);
    expect(pod.containers[0].volumeMounts).toEqual([
      { mountPath: '/files', name: 'pvc-files', subPath: 'web' },
      { mountPath: '/etc/settings', name: 'configmap-settings', readOnly: true },
      { mountPath: '/etc/keys', name: 'secret-keys', readOnly: true },
      { mountPath: '/tmp', name: 'temp-tmp' },
    ]);
    expect(pod.volumes).toEqual([
      { name: 'pvc-files', persistentVolumeClaim: { claimName: 'files', readOnly: false } },
      { name: 'configmap-settings', configMap: { name: 'settings' } },
      { name: 'secret-keys', secret: { defaultMode: 0o440, secretName: 'keys' } },
      { name: 'temp-tmp', emptyDir: { sizeLimit: '256Mi' } },
    ]);
  });

  test('hardens init containers, containers that come later, and those that were made elsewhere', () => {
    const workload = make(chart(), 'web', { containers: [{ ...WEB, name: 'web' }], initContainers: [{ image: 'ghcr.io/acme/wait:1.0', command: ['wait'] }] });
    workload.addContainer({ image: 'ghcr.io/acme/log:1.0' });
    workload.addContainer({ image: 'ghcr.io/acme/log:1.0' });
    workload.addInitContainer({ image: 'ghcr.io/acme/wait:1.0' });
    workload.attachContainer(new kplus.Container({ name: 'elsewhere', image: 'ghcr.io/acme/proxy:1.0', imagePullPolicy: kplus.ImagePullPolicy.ALWAYS }));
    const pod = podOf(workload);
    const all = [...pod.initContainers, ...pod.containers];
    expect(all.map(({ name }) => name)).toEqual(['init-0', 'init-1', 'web', 'main', 'main-2', 'elsewhere']);
    for (const container of all) {
      expect(container.securityContext).toMatchObject({
        allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true,
      });
      expect(container.resources.requests).toEqual({ 'cpu': '50m', 'ephemeral-storage': '64Mi', 'memory': '128Mi' });
      expect(container.imagePullPolicy).toBe(container.name === 'elsewhere' ? 'Always' : 'IfNotPresent');
    }
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  test('keeps a sidecar that a JSON patch made one', () => {
    const workload = make(chart(), 'web', { containers: [WEB], initContainers: [{ name: 'proxy', image: 'ghcr.io/acme/proxy:1.0' }] });
    apiObject(workload).addJsonPatch(JsonPatch.add(`${podPointer(kind)}/initContainers/0/restartPolicy`, 'Always'));
    expect(podOf(workload).initContainers[0]).toMatchObject({
      name: 'proxy', restartPolicy: 'Always', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    });
  });

  test('keeps probes and hooks, also a plain port that a JSON patch set', () => {
    const workload = make(chart(), 'web', {
      containers: [{
        ...WEB,
        readiness: Probe.fromHttpGet('/ready', { port: 8080, periodSeconds: Duration.seconds(7) }),
        liveness: Probe.fromCommand(['alive']),
        startup: Probe.fromTcpSocket({ failureThreshold: 30 }),
        lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']), postStart: kplus.Handler.fromHttpGet('/warm', { port: 8080 }) },
      }],
    });
    apiObject(workload).addJsonPatch(JsonPatch.replace(`${podPointer(kind)}/containers/0/readinessProbe/httpGet/port`, 'http'));
    const [container] = podOf(workload).containers;
    expect(container.readinessProbe).toEqual({ failureThreshold: 3, httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' }, periodSeconds: 7 });
    expect(container.livenessProbe).toEqual({ exec: { command: ['alive'] }, failureThreshold: 3 });
    expect(container.startupProbe).toEqual({ failureThreshold: 30, tcpSocket: { port: 8080 } });
    expect(container.lifecycle).toEqual({ postStart: { httpGet: { path: '/warm', port: 8080, scheme: 'HTTP' } }, preStop: { exec: { command: ['sleep', '5'] } } });
  });

  test('keeps DNS, host aliases, registry credentials, metadata and the time to end', () => {
    const scope = chart();
    const workload = make(scope, 'web', {
      containers: [WEB],
      dns: { hostname: 'web', subdomain: 'shop', nameservers: ['10.0.0.10'], policy: kplus.DnsPolicy.NONE, searches: ['shop.svc'], options: [{ name: 'ndots', value: '2' }] },
      hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
      dockerRegistryAuth: new kplus.DockerConfigSecret(scope, 'pull', { metadata: { name: 'pull' }, data: {} }),
      terminationGracePeriod: Duration.seconds(90),
      metadata: { labels: { team: 'a' }, annotations: { note: 'own' } },
    });
    workload.podMetadata.addLabel('tier', 'front');
    workload.podMetadata.addAnnotation('prometheus.io/scrape', 'true');
    workload.addHostAlias({ ip: '10.0.0.2', hostnames: ['cache'] });
    const manifest = written(workload);
    const template = podTemplate(manifest);
    expect(template.spec).toMatchObject({
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['10.0.0.10'], options: [{ name: 'ndots', value: '2' }], searches: ['shop.svc'] },
      hostname: 'web',
      subdomain: 'shop',
      hostAliases: [{ hostnames: ['db'], ip: '10.0.0.1' }, { hostnames: ['cache'], ip: '10.0.0.2' }],
      imagePullSecrets: [{ name: 'pull' }],
      terminationGracePeriodSeconds: 90,
    });
    expect(manifest.metadata).toMatchObject({ labels: { team: 'a' }, annotations: { note: 'own' } });
    expect(template.metadata).toMatchObject({ labels: { tier: 'front' }, annotations: { 'prometheus.io/scrape': 'true' } });
    // Also what comes after the first synthesis.
    workload.podMetadata.addAnnotation('late', 'yes');
    expect(podTemplate(written(workload)).metadata.annotations).toMatchObject({ late: 'yes' });
  });

  test('is written alike twice, and is isolated by policies that let it ask for names', () => {
    const scope = chart('shop');
    make(scope, 'web', { containers: [WEB], isolate: true });
    const once = Testing.synth(scope);
    expect(Testing.synth(scope)).toEqual(once);
    expect(once.filter(object => object.kind === 'NetworkPolicy').map(({ spec }) => spec.policyTypes)).toEqual([['Egress'], ['Ingress']]);
  });
});

describe.each(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const)('the placement of a %s', kind => {
  test('is what cdk8s-plus was told', () => {
    const scope = chart('shop');
    const other = new HardenedDeployment(scope, 'other', { containers: [WEB] });
    const workload = MAKE[kind](scope, 'web', { containers: [WEB] }) as unknown as HardenedDeployment;
    workload.scheduling.attract(kplus.Node.labeled(kplus.NodeLabelQuery.is('disk', 'ssd')), { weight: 3 });
    workload.scheduling.colocate(other, { topology: kplus.Topology.ZONE });
    workload.scheduling.separate(other);
    workload.scheduling.tolerate(kplus.Node.tainted(kplus.NodeTaintQuery.is('gpu', 'yes')));
    const pod = podTemplate(only(Testing.synth(scope).filter(object => object.metadata.name === workload.name), kind)).spec;
    const plain = plainSchedule(workload);
    expect({ affinity: pod.affinity, tolerations: pod.tolerations }).toEqual(plain);
    expect(pod.affinity).toMatchObject({ nodeAffinity: {}, podAffinity: {}, podAntiAffinity: {} });
    expect(pod.tolerations).toHaveLength(1);
  });

  test('on one named node stays', () => {
    const workload = MAKE[kind](chart(), 'web', { containers: [WEB] }) as unknown as HardenedDeployment;
    workload.scheduling.assign(kplus.Node.named('node-1'));
    expect(podOf(workload).nodeName).toBe('node-1');
  });

  test('spread over nodes and zones is said once, however often it is asked for', () => {
    const scope = chart();
    const workload = MAKE[kind](scope, 'web', { containers: [WEB], spread: true } as object) as unknown as HardenedDeployment;
    const antiAffinity = () => podOf(workload).affinity.podAntiAffinity;
    const topologies = () => antiAffinity().requiredDuringSchedulingIgnoredDuringExecution.map((term: any) => term.topologyKey);
    expect(workload.findings).toBeDefined();
    expect(topologies()).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
    expect(topologies()).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
  });

  test('pods are selected by more labels too', () => {
    const workload = MAKE[kind](chart(), 'web', { containers: [WEB] }) as unknown as HardenedDeployment;
    workload.select(kplus.LabelSelector.of({ labels: { app: 'web' } }));
    expect(workload.matchLabels).toMatchObject({ app: 'web' });
    if (kind !== 'Job' && kind !== 'CronJob') expect(written(workload).spec.selector.matchLabels).toMatchObject({ app: 'web' });
  });
});

test('strategies, progress and readiness of rollouts stay', () => {
  const scope = chart();
  new HardenedDeployment(scope, 'web', { containers: [WEB], strategy: kplus.DeploymentStrategy.recreate(), minReady: Duration.seconds(20), progressDeadline: Duration.seconds(300), replicas: 1 });
  new HardenedStatefulSet(scope, 'db', { containers: [WEB], strategy: kplus.StatefulSetUpdateStrategy.onDelete(), minReady: Duration.seconds(5), podManagementPolicy: kplus.PodManagementPolicy.PARALLEL });
  new HardenedDaemonSet(scope, 'agent', { containers: [WEB], minReadySeconds: 9 });
  new HardenedJob(scope, 'job', { containers: [WEB], backoffLimit: 2, activeDeadline: Duration.minutes(5), ttlAfterFinished: Duration.minutes(1) });
  new HardenedCronJob(scope, 'cron', { containers: [WEB], schedule: new Cron({ minute: '5' }), timeZone: 'Etc/UTC', successfulJobsRetained: 1 });
  const objects = synthAll(scope);
  expect(only(objects, 'Deployment').spec).toMatchObject({ strategy: { type: 'Recreate' }, minReadySeconds: 20, progressDeadlineSeconds: 300, replicas: 1 });
  expect(only(objects, 'StatefulSet').spec).toMatchObject({ updateStrategy: { type: 'OnDelete' }, minReadySeconds: 5, podManagementPolicy: 'Parallel', replicas: 1 });
  expect(only(objects, 'DaemonSet').spec).toMatchObject({ minReadySeconds: 9, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } });
  expect(only(objects, 'Job').spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 300, ttlSecondsAfterFinished: 60 });
  expect(only(objects, 'CronJob').spec).toMatchObject({ schedule: '5 * * * *', timeZone: 'Etc/UTC', successfulJobsHistoryLimit: 1 });
});

/** What cdk8s-plus itself makes of a workload's scheduling. */
function plainSchedule(workload: HardenedDeployment): object {
  const { affinity, tolerations } = (workload.scheduling as any)._toKube();
  const holder = new ApiObject(chart(), 'x', { apiVersion: 'v1', kind: 'X', affinity, tolerations });
  const { affinity: a, tolerations: t } = holder.toJson();
  return { affinity: a, tolerations: t };
}
