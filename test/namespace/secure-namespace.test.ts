import { ApiObject, App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { chart, failure, FakeWorkload, policies } from '../network/fake-workload';

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
      "shop/a: the label 'pod-security.kubernetes.io/enforce: baseline' would change what SecureNamespace enforces, 'restricted' [namespace-label-taken]. Leave the label out, or make a plain Namespace of cdk8s-plus for pods that cannot be restricted.",
    );
    const d = chart();
    ApiObject.of(new SecureNamespace(d, 'a')).addJsonPatch(JsonPatch.add('/metadata/labels', { 'pod-security.kubernetes.io/enforce-version': 'latest' }));
    expect(failure(() => Testing.synth(d))).toBe(
      "shop/a: the label 'pod-security.kubernetes.io/enforce-version: latest' would change what SecureNamespace enforces, 'v1.27' [namespace-label-taken]. Leave the label out, and say the version of the cluster with SecurityDefaults: { kubernetesVersion }.",
    );
  });
});

describe('what is made under a SecureNamespace', () => {
  test('and would land elsewhere is refused', () => {
    const made = (outer: string | undefined) => {
      const c = chart(outer);
      new kplus.ConfigMap(new SecureNamespace(c, 'a'), 'Config');
      return failure(() => Testing.synth(c));
    };
    const advice = "Say metadata: { namespace: 'a' }, or say it once on the chart: { namespace: 'a' }.";
    expect(made(undefined)).toBe(`shop/a/Config/Resource: the ConfigMap is made under 'shop/a', the namespace 'a', but says no namespace [namespace-mismatch]. ${advice}`);
    expect(made('b')).toBe(`shop/a/Config/Resource: the ConfigMap is made under 'shop/a', the namespace 'a', but would land in the namespace 'b' [namespace-mismatch]. ${advice}`);
    expect(made('a')).toBe('nothing failed');
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
