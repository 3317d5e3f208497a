import { Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SecureNamespace } from '../../src';
import { KINDS, MAKE, WEB, apiObject, chart, failure, podPointer, web } from './made';

const HOW = "Use at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit: did you mean";

describe.each(KINDS)('a %s', kind => {
  const make = MAKE[kind];

  test('of a name that Kubernetes refuses is refused when it is made', () => {
    expect(failure(() => make(chart(), 'web', { containers: [WEB], metadata: { name: 'My_Web' } })))
      .toBe("shop/web: 'My_Web' is no name that Kubernetes takes for a workload [name-invalid]. Did you mean 'my-web'?");
  });

  test('refuses names of containers that Kubernetes refuses when they are added', () => {
    for (const name of ['my_app', 'Web', 'web.1', '-x', 'x'.repeat(64), '']) {
      const meant = { 'my_app': 'my-app', 'Web': 'web', 'web.1': 'web-1', '-x': 'x', '': 'x' }[name] ?? 'x'.repeat(63);
      const message = `shop/web: '${name}' is no name that Kubernetes takes for a container [name-invalid]. ${HOW} '${meant}'?`;
      expect(failure(() => make(chart(), 'web', { containers: [{ ...WEB, name }] }))).toBe(message);
      expect(failure(() => make(chart(), 'web', { containers: [WEB] }).addContainer({ ...WEB, name }))).toBe(message);
      expect(failure(() => make(chart(), 'web', { containers: [WEB], initContainers: [{ image: 'x:1', name }] }))).toBe(message);
      const attached = make(chart(), 'web', { containers: [WEB] });
      attached.attachContainer(new kplus.Container({ ...WEB, name }));
      expect(failure(() => Testing.synth(attached.node.scope as any))).toBe(message);
      const workload = make(chart(), 'web', { containers: [WEB] });
      apiObject(workload).addJsonPatch(JsonPatch.replace(`${podPointer(kind)}/containers/0/name`, name));
      expect(failure(() => Testing.synth(workload.node.scope as any))).toBe(message);
    }
  });

  test('with two containers of one name is refused, and unnamed ones get names that are free', () => {
    const workload = make(chart(), 'web', { containers: [WEB, WEB], initContainers: [{ image: 'x:1', name: 'main-3' }, { image: 'x:1', name: 'init-2' }, { image: 'x:1' }] });
    workload.addContainer(WEB);
    expect([...workload.initContainers, ...workload.containers].map(({ name }) => name)).toEqual(['main-3', 'init-2', 'init-3', 'main', 'main-2', 'main-4']);
    workload.addContainer({ ...WEB, name: 'main' });
    expect(failure(() => Testing.synth(workload.node.scope as any)))
      .toBe("shop/web: two containers are called 'main' [container-name-twice]. Give one of them another name.");
  });
});

test.each(['CronJob', 'StatefulSet'] as const)('a %s whose pods could not be named is refused', kind => {
  const name = 'a'.repeat(53);
  expect(failure(() => MAKE[kind](chart(), 'web', { containers: [WEB], metadata: { name } }))).toBe(
    `shop/web: the name '${name}' of a ${kind} has 53 characters, and with more than 52 its pods cannot be named [name-too-long]. Say a shorter one: metadata: { name: '…' }.`);
  const generated = failure(() => MAKE[kind](chart(undefined, 'a-chart-with-a-very-long-name-indeed'), 'and-a-workload-with-a-long-one', { containers: [WEB] }));
  // cdk8s-plus itself keeps the names short that it makes for CronJobs.
  expect(generated).toMatch(kind === 'CronJob' ? 'nothing failed' : '[name-too-long]');
  expect(failure(() => MAKE[kind](chart(), 'web', { containers: [WEB], metadata: { name: 'a'.repeat(52) } }))).toBe('nothing failed');
});

test.each([
  [{ number: 0 }, "shop/web: container 'main': port 0 is out of range [port-invalid]. "
    + 'Ports go from 1 to 65535; 0 does not mean "every port": write a range from 1 to 65535 for that.'],
  [{ number: 70000 }, "shop/web: container 'main': port 70000 is out of range [port-invalid]. Ports go from 1 to 65535."],
  [{ number: 80.5 }, "shop/web: container 'main': port 80.5 is out of range [port-invalid]. Ports go from 1 to 65535."],
  [{ number: 80, name: 'Http' }, "shop/web: 'Http' is no name of a port [port-invalid]. Use at most 15 lower-case letters, digits and single hyphens, with a letter among them."],
  [{ number: 80, name: 'a-name-too-long-by-far' }, "shop/web: 'a-name-too-long-by-far' is no name of a port [port-invalid]. Use at most 15 lower-case letters, digits and single hyphens, with a letter among them."],
])('the port %j is refused when its container is added', (port, message) => {
  expect(failure(() => web({ containers: [{ image: 'x:1', ports: [port] }] }))).toBe(message);
});

test('a portNumber that is none is refused, too', () => {
  expect(failure(() => web({ containers: [{ image: 'x:1', portNumber: 123456 }] })))
    .toBe("shop/web: container 'main': port 123456 is out of range [port-invalid]. Ports go from 1 to 65535.");
});

test('options and folders of containers that do not exist are refused', () => {
  const workload = () => web({ containers: [{ ...WEB, name: 'server' }] });
  const synth = (made: ReturnType<typeof web>) => failure(() => Testing.synth(made.node.scope as any));
  expect(synth(web({ containers: [{ ...WEB, name: 'server' }], containerOptions: { sever: { features: ['acme'] } } })))
    .toBe("shop/web: containerOptions names the container 'sever', which the pod does not have [container-unknown]. Did you mean 'server'?");
  const temp = workload();
  temp.addTempFolder('/tmp', { containers: ['proxy'] });
  expect(synth(temp)).toBe("shop/web: folder '/tmp' names the container 'proxy', which the pod does not have [container-unknown]. Known are: server.");
  const data = workload();
  data.addDataFolder('/data', { container: 'serve' });
  expect(synth(data)).toBe("shop/web: folder '/data' names the container 'serve', which the pod does not have [container-unknown]. Did you mean 'server'?");
  const several = workload();
  several.addContainer({ ...WEB, name: 'side' });
  several.addSeededFolder('/etc/app');
  expect(synth(several)).toBe("shop/web: folder '/etc/app' does not say which container it is for [folder-container-ambiguous]. Say { container: 'server' }; there are: server, side.");
});

test('a StatefulSet without a port or a Service is refused', () => {
  const { StatefulSet } = MAKE;
  expect(failure(() => StatefulSet(chart(), 'db', { containers: [{ image: 'x:1' }], service: undefined } as object))).toBe(
    'shop/db: the StatefulSet has neither a Service nor a container with a port [stateful-set-without-ports]. '
    + 'Declare the port where the container is stated (portNumber: 5432), or hand in a Service.');
});

test.each(KINDS)('a %s under a SecureNamespace is in it, and cannot say another', kind => {
  const scope = chart();
  const shop = new SecureNamespace(scope, 'shop-space', { metadata: { name: 'shop' } });
  expect(MAKE[kind](shop, 'web', { containers: [WEB], ...(kind === 'StatefulSet' && { service: undefined }) }).metadata.namespace).toBe('shop');
  expect(failure(() => MAKE[kind](shop, 'lost', { containers: [WEB], metadata: { namespace: 'other' }, ...(kind === 'StatefulSet' && { service: undefined }) })))
    .toMatch(/^shop\/shop-space\/lost: it is made under 'shop\/shop-space', the namespace 'shop', but says the namespace 'other' \[namespace-mismatch\]\. /);
});

test('connections of cdk8s-plus name what stands in for them', () => {
  const workload = web({ containers: [WEB] });
  expect(failure(() => workload.connections.allowTo(workload))).toBe(
    'shop/web: connections.allowTo writes policies that cut a pod off from DNS and that nobody can see in the model [connections-unsupported]. '
    + 'Use connectTo(peer, { ports: [5432] }) of the workload itself; other peers are written with Peer.');
  expect(failure(() => workload.connections.allowFrom(workload))).toBe(
    'shop/web: connections.allowFrom writes policies that cut a pod off from DNS and that nobody can see in the model [connections-unsupported]. '
    + 'Use acceptFrom(peer, { ports: [8080] }) of the workload itself; other peers are written with Peer.');
});

test('two workloads of one name would share a service account, and rights with it', () => {
  const { Deployment, CronJob } = MAKE;
  const named = { containers: [WEB], metadata: { name: 'web' } };
  const scope = chart('shop');
  Deployment(scope, 'web', named);
  expect(failure(() => CronJob(scope, 'nightly', named))).toBe(
    "shop/nightly: its service account 'web' would be that of 'shop/web', and rights of the one would be rights of the other [service-account-shared]. "
    + "Give one of the two another name (metadata: { name: '…' }), or hand in an account of its own: serviceAccount: new ServiceAccount(…).");
  const elsewhere = new Chart(scope.node.root, 'elsewhere', { namespace: 'shop' });
  expect(failure(() => CronJob(elsewhere, 'nightly', named))).toMatch('[service-account-shared]');
  expect(failure(() => CronJob(new Chart(scope.node.root, 'other', { namespace: 'other' }), 'nightly', named))).toBe('nothing failed');
  // Without a namespace the charts may be meant for different ones.
  expect(failure(() => ['a', 'b'].map(id => CronJob(new Chart(scope.node.root, id), 'nightly', named)))).toBe('nothing failed');
});
