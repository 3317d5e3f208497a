import { ApiObject, App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { parseAllDocuments } from 'yaml';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { Peer } from '../../src/network/peer';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { chart, failure, FakeWorkload, policies, restricted } from '../network/fake-workload';

describe('SecureNamespace', () => {
  test('is closed, admits restricted pods only, and its default account has no token', () => {
    const c = new Chart(new App(), 'c', { namespace: 'elsewhere' });
    new SecureNamespace(c, 'production', { metadata: { labels: { team: 'a' }, annotations: { note: 'x' } } });
    expect(Yaml.stringify(...Testing.synth(c))).toMatchSnapshot();
  });

  test('is called as its metadata say, and pinned to the version that is decided by then', () => {
    const app = new App();
    const c = new Chart(app, 'c');
    const namespace = new SecureNamespace(c, 'Production', { metadata: { name: 'shop' } });
    expect(namespace.name).toBe('shop');
    const version = () => Testing.synth(c)[0].metadata.labels['pod-security.kubernetes.io/enforce-version'];
    expect(version()).toBe('v1.27');
    SecurityDefaults.of(app).set({ kubernetesVersion: '1.31' });
    expect(version()).toBe('v1.31');
  });

  test('leaves DNS shut where it is told to, but for those who may connect to something', () => {
    const c = chart();
    const shop = new SecureNamespace(c, 'shop', { dns: false });
    const web = new FakeWorkload(shop, 'web');
    expect(Object.keys(policies(c))).toEqual(['shop/default-deny']);
    web.connectTo(web, { ports: [1] });
    expect(Object.keys(policies(c))).toEqual(['shop/default-deny', 'shop/deployment-web-egress', 'shop/deployment-web-ingress']);
  });

  test('refuses a name that Kubernetes refuses', () => {
    expect(failure(() => new SecureNamespace(chart(), 'Production'))).toBe(
      "shop/Production: 'Production' is no name that Kubernetes takes for a namespace [name-invalid]. Use at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit: did you mean 'production'?",
    );
    expect(failure(() => SecureNamespace.existing(chart(), 'System', 'kube_system'))).toBe(
      "shop/System: 'kube_system' is no name that Kubernetes takes for a namespace [name-invalid]. Use at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit: did you mean 'kube-system'?",
    );
  });

  test('keeps its labels from being weakened, in the metadata and in a patch', () => {
    const c = chart();
    new SecureNamespace(c, 'a', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } });
    expect(failure(() => Testing.synth(c))).toBe(
      "shop/a: the label 'pod-security.kubernetes.io/enforce: baseline' would change what SecureNamespace enforces, 'restricted' [namespace-label-taken]. Leave the label out, and say { level: PodSecurityLevel.STRICTEST } where waived pods need less.",
    );
    const d = chart();
    ApiObject.of(new SecureNamespace(d, 'a')).addJsonPatch(JsonPatch.add('/metadata/labels', { 'pod-security.kubernetes.io/enforce-version': 'latest' }));
    expect(failure(() => Testing.synth(d))).toBe(
      "shop/a: the label 'pod-security.kubernetes.io/enforce-version: latest' would change what SecureNamespace enforces, 'v1.27' [namespace-label-taken]. Leave the label out, and say the version of the cluster with SecurityDefaults: { kubernetesVersion }.",
    );
  });
});

describe('what is made under a SecureNamespace', () => {
  test('lands in it, unless it says another namespace', () => {
    const made = (outer?: string, given?: string) => {
      const c = chart(outer);
      const config = new kplus.ConfigMap(new SecureNamespace(c, 'a'), 'Config', { metadata: { namespace: given } });
      return failure(() => expect(Testing.synth(c).find(({ kind }) => kind === 'ConfigMap').metadata.namespace).toBe('a')) + ` ${config.metadata.namespace}`;
    };
    const refused = "the ConfigMap is made under 'shop/a', the namespace 'a', but would land in the namespace 'b' [namespace-mismatch]. Leave the namespace of the ConfigMap or of its chart out, or make it under a scope of 'b'.";
    expect(made()).toBe('nothing failed a');
    expect(made('a')).toBe('nothing failed a');
    expect(made('b', 'a')).toBe('nothing failed a');
    expect(made('b')).toBe(`shop/a/Config/Resource: ${refused} b`);
    expect(made(undefined, 'b')).toBe(`shop/a/Config/Resource: ${refused} b`);
  });

  test('lands in it from a chart of its own, too, which is written before it', () => {
    const app = Testing.app();
    const c = new Chart(app, 'outer');
    new kplus.Service(new Chart(new SecureNamespace(c, 'a'), 'inner'), 'Service', { ports: [{ port: 80 }] });
    expect(parseAllDocuments(app.synthYaml()).map(document => document.toJS()).find(({ kind }) => kind === 'Service').metadata.namespace).toBe('a');
  });

  test('belongs to it before it is written: a plain workload as the other side of a flow', () => {
    const c = chart();
    const namespace = new SecureNamespace(c, 'a');
    const plain = restricted(new kplus.Deployment(namespace, 'plain', { containers: [{ image: 'x', portNumber: 80 }] }));
    new FakeWorkload(new SecureNamespace(c, 'b'), 'web').connectTo(Peer.workload(plain));
    expect(policies(c)['b/deployment-web-egress'].spec.egress[0].to[0].namespaceSelector).toEqual({ matchLabels: { 'kubernetes.io/metadata.name': 'a' } });
  });

  test('and lies in no namespace, or is of a kind that is not known here, is let through', () => {
    const c = chart();
    const namespace = new SecureNamespace(c, 'a');
    new kplus.ClusterRole(namespace, 'Role');
    new ApiObject(namespace, 'Bucket', { apiVersion: 'iam.example.com/v1', kind: 'Role' });
    new kplus.ConfigMap(namespace, 'Config', { metadata: { namespace: 'a' } });
    expect(failure(() => Testing.synth(c))).toBe('nothing failed');
  });
});

describe('SecureNamespace.existing', () => {
  test('writes no namespace and no default deny, and lets anyone reach the pods that are named', () => {
    const c = chart();
    const system = SecureNamespace.existing(c, 'System', 'kube-system');
    system.openToAnyone('Traefik', { 'app.kubernetes.io/name': 'traefik' });
    expect(Yaml.stringify(...Testing.synth(c))).toMatchSnapshot();
  });

  test('names its pods as peers', () => {
    const c = chart('shop');
    const prometheus = SecureNamespace.existing(c, 'Monitoring', 'monitoring').pods({ app: 'prometheus' });
    new FakeWorkload(c, 'web', { ports: [{ port: 9090, protocol: 'TCP' }] }).acceptFrom(prometheus);
    expect(policies(c)['shop/deployment-web-ingress'].spec.ingress[0].from).toEqual([{
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }, podSelector: { matchLabels: { app: 'prometheus' } },
    }]);
  });

  test('wants labels, so that not every pod is meant', () => {
    const system = SecureNamespace.existing(chart(), 'System', 'kube-system');
    expect(failure(() => system.openToAnyone('All', {}))).toBe(
      "shop/System/All: Peer.pods without labels would select every pod [peer-without-labels]. Say Peer.namespace('kube-system') if that is meant.",
    );
  });
});
