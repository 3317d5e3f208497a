import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { PodSecurityLevel } from '../../src/namespace/pod-security-level';
import { SecureNamespace, SecureNamespaceProps } from '../../src/namespace/secure-namespace';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { HardenedDaemonSet } from '../../src/workload/hardened-daemon-set';
import { HardenedDeployment } from '../../src/workload/hardened-deployment';
import { chart, failure } from '../network/fake-workload';

const STRICTEST = { level: PodSecurityLevel.STRICTEST };
const CONTAINERS = [{ image: 'registry.acme.example/agent:1', securityContext: { user: 10001, group: 10001 } }];
const REASON = { reason: "reads the node's logs", owner: 'platform team' };

/** An agent that mounts a folder of its node, with a waiver for it. */
function agent(scope: SecureNamespace, id = 'agent'): HardenedDaemonSet {
  const made = new HardenedDaemonSet(scope, id, { metadata: { name: id }, containers: CONTAINERS, waivers: [{ rule: 'pod-host-path', ...REASON }] });
  made.containers[0].mount('/logs', kplus.Volume.fromHostPath(made, 'logs', 'logs', { path: '/var/log' }), { readOnly: true });
  return made;
}

/** The namespace of a chart as it is written. */
function written(c: Chart): { metadata: { labels: { [key: string]: string }; annotations?: { [key: string]: string } } } {
  return Testing.synth(c).find(({ kind }) => kind === 'Namespace');
}

function enforced(c: Chart): string {
  return written(c).metadata.labels['pod-security.kubernetes.io/enforce'];
}

/** What a namespace makes of the pods that `fill` puts into it: the level that it enforces, or what fails. */
function outcome(props: SecureNamespaceProps, fill: (namespace: SecureNamespace, c: Chart) => unknown): string {
  const c = chart();
  const namespace = new SecureNamespace(c, 'ns', props);
  fill(namespace, c);
  let level = '';
  const failed = failure(() => level = enforced(c));
  return level || failed;
}

describe('a namespace at restricted', () => {
  test('takes hardened pods', () => {
    expect(outcome({}, namespace => new HardenedDeployment(namespace, 'web', { containers: CONTAINERS }))).toBe('restricted');
  });

  test('refuses a pod with a waiver, since the API server would, and says the ways out', () => {
    expect(outcome({}, namespace => agent(namespace))).toBe(
      "shop/ns/agent: the namespace 'ns' enforces Pod Security 'restricted', and the API server would refuse the pods of DaemonSet ns/agent: "
      + "spec.template.spec.volumes[0].hostPath: volume 'logs' is a folder of the node (pod-host-path, waived) [namespace-refuses-pod]. "
      + "A waiver does not move the API server: say { level: PodSecurityLevel.STRICTEST } on 'shop/ns', put it into another namespace, or do without what is waived.",
    );
  });

  test('refuses a plain pod of another chart that lands in it, with every control that it breaks', () => {
    expect(outcome({}, (_, { node }) => new kplus.Deployment(new Chart(node.root, 'other', { namespace: 'ns' }), 'plain', { metadata: { name: 'plain' }, containers: CONTAINERS }))).toBe(
      "other/plain: the namespace 'ns' enforces Pod Security 'restricted', and the API server would refuse the pods of Deployment ns/plain: "
      + "spec.template.spec.containers[0].securityContext.capabilities.drop: container 'main' keeps the capabilities of the container runtime (pod-capabilities-drop); "
      + "spec.template.spec.containers[0].securityContext.seccompProfile.type: container 'main' has no seccomp profile (pod-seccomp) [namespace-refuses-pod]. "
      + 'Make it a HardenedDeployment, or mend its pods, or put it into another namespace.',
    );
  });

  test('says what is wrong with a workload before what is wrong with its namespace', () => {
    const said = outcome({}, namespace => {
      const made = agent(namespace);
      (made as unknown as { core: { props: object } }).core.props = {};
      new HardenedDeployment(namespace, 'root', { containers: [{ image: 'x:1', securityContext: { user: 0, ensureNonRoot: false } }] });
    });
    expect(said).toContain('[pod-run-as-root]');
    expect(said).not.toContain('namespace-refuses-pod');
  });

  test('leaves other namespaces and kinds without pods alone', () => {
    expect(outcome({}, (_, { node }) => {
      new kplus.Deployment(new Chart(node.root, 'other', { namespace: 'elsewhere' }), 'plain', { containers: CONTAINERS });
      new kplus.ConfigMap(new Chart(node.root, 'config', { namespace: 'ns' }), 'config');
      new ApiObject(new Chart(node.root, 'template', { namespace: 'ns' }), 'template', { apiVersion: 'v1', kind: 'PodTemplate', template: { spec: { hostPID: true, containers: [] } } } as never);
    })).toBe('restricted');
  });
});

describe('a namespace at the strictest level that its pods meet', () => {
  test.each<[string, string, (namespace: SecureNamespace) => unknown]>([
    ['restricted', 'nothing', () => undefined],
    ['restricted', 'a hardened workload', namespace => new HardenedDeployment(namespace, 'web', { containers: CONTAINERS })],
    ['privileged', 'a waived folder of the node', namespace => agent(namespace)],
    ['privileged', 'that beside a hardened workload', namespace => [agent(namespace), new HardenedDeployment(namespace, 'web', { containers: CONTAINERS })]],
  ])('enforces %s for %s', (level, _, fill) => {
    expect(outcome(STRICTEST, fill)).toBe(level);
  });

  test('enforces baseline for what only restricted forbids', () => {
    expect(outcome(STRICTEST, namespace => new HardenedDeployment(namespace, 'root', {
      containers: [{ image: 'x:1', securityContext: { user: 0, ensureNonRoot: false } }], waivers: [{ rule: 'pod-run-as-root', ...REASON }],
    }))).toBe('baseline');
  });

  test('enforces privileged for what baseline forbids, though a rule of restricted speaks of it', () => {
    const pod = (type: string, rule: string) => outcome(STRICTEST, (_, c) => new ApiObject(c, 'plain', {
      apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'ns', annotations: { [`cdk8s-hardened/waive.${rule}`]: '{"reason":"a","owner":"b"}' } },
      spec: { ...RESTRICTED, securityContext: { runAsNonRoot: true, ...(type && { seccompProfile: { type } }) } },
    } as never));
    expect([pod('', 'pod-seccomp'), pod('Unconfined', 'pod-seccomp')]).toEqual(['baseline', 'privileged']);
  });

  test('names who answers for it, in the namespace and in its findings', () => {
    const c = chart();
    const namespace = new SecureNamespace(c, 'ns', STRICTEST);
    agent(namespace, 'b');
    agent(namespace, 'a');
    const line = (name: string) => `DaemonSet ns/${name}, spec.template.spec.volumes[0].hostPath: volume 'logs' is a folder of the node (pod-host-path, waived by platform team: reads the node's logs)`;
    expect(written(c).metadata.annotations).toEqual({ 'cdk8s-hardened/why': `enforces 'privileged' for:\n${line('a')}\n${line('b')}` });
    expect(namespace.findings.map(({ rule, where, what, waiver }) => [rule, where, what, waiver?.owner])).toEqual(['a', 'b'].map(name => (
      ['namespace-pod-security', 'shop/ns', `Pod Security is to enforce 'privileged' only, for ${line(name)}`, 'platform team']
    )));
  });

  test('is not lowered for a pod without a waiver', () => {
    const plain = (annotations?: { [key: string]: string }) => outcome(STRICTEST, (_, c) => (
      new ApiObject(c, 'plain', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'plain', namespace: 'ns', annotations }, spec: { hostPID: true, ...RESTRICTED } } as never)
    ));
    expect(plain()).toBe(
      "shop/plain: the namespace 'ns' would have to enforce less for the pods of Pod ns/plain, and they carry no waiver for it: spec.hostPID: the pod sees and can signal the processes of its node (pod-host-pid) [namespace-refuses-pod]. "
      + "Make it a HardenedPod, or mend its pods, or put it into another namespace, or grant a waiver: on a hardened workload by waive({ rule, reason, owner }), on others by the annotation 'cdk8s-hardened/waive.pod-host-pid': '{\"reason\":\"…\",\"owner\":\"…\"}'.",
    );
    expect(plain({ 'cdk8s-hardened/waive.pod-host-pid': '{"reason":"a","owner":"b"}' })).toBe('privileged');
    expect(plain({ 'cdk8s-hardened/waive.pod-host-ipc': '{"reason":"a","owner":"b"}' })).toContain('[namespace-refuses-pod]');
    expect(plain({ 'cdk8s-hardened/waive.pod-host-pid': '{"reason":"a","owner":"b","until":"2001-01-01"}' })).toContain('[namespace-refuses-pod]');
  });

  test('is that of the version of Kubernetes that is pinned', () => {
    const level = (kubernetesVersion: string) => outcome(STRICTEST, (namespace, c) => {
      SecurityDefaults.of(namespace).set({ kubernetesVersion });
      new ApiObject(c, 'tuned', {
        apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'ns', annotations: { 'cdk8s-hardened/waive.pod-sysctls': '{"reason":"a","owner":"b"}' } },
        spec: { ...RESTRICTED, securityContext: { ...RESTRICTED.securityContext, sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } },
      } as never);
    });
    expect([level('1.31'), level('1.32')]).toEqual(['privileged', 'restricted']);
  });
});

describe('a namespace that is told a lower level', () => {
  const waiver = { rule: 'namespace-pod-security', ...REASON };

  test('wants a waiver for it', () => {
    expect(outcome({ level: PodSecurityLevel.BASELINE }, () => undefined)).toBe(
      "shop/ns: the namespace 'ns' is told to enforce Pod Security 'baseline', which is less than 'restricted' [namespace-level-unwaived]. "
      + "Say { level: PodSecurityLevel.STRICTEST }, so that it is lowered for pods with a waiver only, or say why: waivers: [{ rule: 'namespace-pod-security', reason: '…', owner: '…' }].",
    );
  });

  test('carries the waiver, and takes what the level takes', () => {
    const c = chart();
    const namespace = new SecureNamespace(c, 'ns', { level: PodSecurityLevel.BASELINE, waivers: [waiver] });
    new kplus.Deployment(namespace, 'plain', { containers: CONTAINERS });
    expect(written(c).metadata).toMatchObject({
      labels: { 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'restricted' },
      annotations: { 'cdk8s-hardened/waive.namespace-pod-security': JSON.stringify(REASON) },
    });
    expect(namespace.findings.map(({ what, waiver: used }) => [what, used?.owner])).toEqual([["Pod Security is to enforce 'baseline' only", 'platform team']]);
    agent(namespace);
    expect(failure(() => enforced(c))).toContain("the namespace 'ns' enforces Pod Security 'baseline', and the API server would refuse the pods of DaemonSet ns/agent");
  });

  test('takes the waiver of a scope around it', () => {
    const c = chart();
    SecurityDefaults.of(c).waive(waiver);
    new SecureNamespace(c, 'ns', { level: PodSecurityLevel.PRIVILEGED });
    expect(enforced(c)).toBe('privileged');
  });

  test('refuses a waiver that has expired, and one that nothing needs', () => {
    expect(outcome({ level: PodSecurityLevel.BASELINE, waivers: [{ ...waiver, until: '2001-01-01' }] }, () => undefined))
      .toBe("shop/ns: the waiver of 'namespace-pod-security' expired on 2001-01-01 [waiver-expired]. Mend what it was for, or have platform team extend it.");
    expect(outcome({ waivers: [waiver] }, () => undefined)).toContain("nothing below needs the waiver of 'namespace-pod-security' [waiver-unmatched]. Remove it.");
    expect(outcome({ waivers: [{ ...waiver, rule: 'namespace-pod-securty' }] }, () => undefined)).toContain("There is no such rule. Did you mean 'namespace-pod-security'?");
  });

  test('lends its waivers to what is made under it', () => {
    expect(outcome({ ...STRICTEST, waivers: [{ rule: 'pod-host-path', ...REASON }] }, namespace => {
      const made = new HardenedDaemonSet(namespace, 'agent', { containers: CONTAINERS });
      made.containers[0].mount('/logs', kplus.Volume.fromHostPath(made, 'logs', 'logs', { path: '/var/log' }));
    })).toBe('privileged');
  });
});

const RESTRICTED = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'a', image: 'x', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
};

describe('the contents of namespaces', () => {
  /** Charts with a namespace each, whose one pod lies in another chart; counts how often pods are written. */
  function charts(n: number): { app: Chart['node']['root']; count: () => number } {
    const app = Testing.app();
    let count = 0;
    for (let i = 0; i < n; i++) {
      new SecureNamespace(new Chart(app, `chart-${i}`), `ns-${i}`);
      const pod = new ApiObject(new Chart(app, `pods-${i}`, { namespace: `ns-${i}` }), 'pod', { apiVersion: 'v1', kind: 'Pod', spec: RESTRICTED } as never);
      const toJson = pod.toJson.bind(pod);
      pod.toJson = () => {
        count++;
        return toJson();
      };
    }
    return { app, count: () => count };
  }

  test('are written once per synthesis, however many charts there are', () => {
    const { app, count } = charts(20);
    (app as ReturnType<typeof Testing.app>).synth();
    expect(count()).toBe(20);
    (app as ReturnType<typeof Testing.app>).synthYaml();
    expect(count()).toBe(40);
  });

  test('are those of their cluster, where an app writes a namespace of one name for several', () => {
    const app = Testing.app();
    const clusters = ['dev', 'prod'].map(id => {
      const cluster = new Chart(app, id);
      const namespace = new SecureNamespace(new Chart(cluster, 'namespaces'), 'ns', STRICTEST);
      return { chart: new Chart(cluster, 'workloads', { namespace: 'ns' }), namespace };
    });
    new ApiObject(clusters[0].chart, 'pod', {
      apiVersion: 'v1', kind: 'Pod', metadata: { annotations: { 'cdk8s-hardened/waive.pod-host-pid': '{"reason":"a","owner":"b"}' } }, spec: { ...RESTRICTED, hostPID: true },
    } as never);
    expect(clusters.map(({ namespace }) => enforced(Chart.of(namespace)))).toEqual(['privileged', 'restricted']);
  });

  test('are those of now: what comes between two syntheses counts', () => {
    const c = chart();
    const namespace = new SecureNamespace(c, 'ns', STRICTEST);
    const app = c.node.root as ReturnType<typeof Testing.app>;
    expect(app.synthYaml()).toContain('enforce: restricted');
    agent(namespace);
    expect(app.synthYaml()).toContain('enforce: privileged');
    expect(namespace.findings).toHaveLength(1);
  });
});
