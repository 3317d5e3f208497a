import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment, HardenedStatefulSet, Peer, SecureNamespace } from '../../../src';
import { Cell, LAB_DNS, cellsOf, podsIn } from './cells';
import { compare, described } from './compare';
import { ComputedNetwork } from './computed';
import { install, remove } from './lab';

/** What is asked beside the declared ports: one where nobody listens, and addresses outside. */
const SILENT = { port: 4444, protocol: 'TCP' } as const;
const OUTSIDE = ['203.0.113.10'];
const CONTAINER = { image: 'registry.example/x:1', securityContext: { user: 1000, group: 1000 } };

describe('the suite sees', () => {
  const whole = app();
  const manifests = [...LAB_DNS, ...whole];
  const pods = podsIn(manifests);
  const network = new ComputedNetwork(manifests, pods);
  const cells = cellsOf({ pods, ports: [SILENT], portsOfSix: [], outside: OUTSIDE, beyond: [], portsOutside: [SILENT] });
  let before: any[] = [];
  afterAll(() => remove(['faults', 'faults-guests']));

  /** What the comparison finds where only a part of the manifests, or others, are in the cluster. */
  async function foundWith(applied: any[]) {
    await install(applied, before);
    before = applied;
    const [{ disagreements }] = await compare([{ pods, network, cells }]);
    return disagreements;
  }

  const shown = ({ from, to, protocol, port }: Cell) => `${from} => ${to} : ${protocol} ${port}`;

  test('nothing where all is in the cluster that it computes from', async () => {
    expect(await foundWith(whole)).toEqual([]);
  }, 300_000);

  test('a flow that is missing on one side, and says so with what was computed and measured, and why', async () => {
    const found = await foundWith(withPolicy(whole, 'statefulset-db-ingress', policy => ({ ...policy, spec: { ...policy.spec, ingress: [] } })));
    expect(found.map(({ cell }) => shown(cell))).toEqual(['faults/api => faults/db-0 : TCP 5432']);
    const lines = described(found[0], network.why(found[0].cell)).split('\n').map(line => line.trim());
    expect(lines).toEqual(expect.arrayContaining([
      'faults/api => faults/db-0 : TCP 5432 is allowed as computed, and timeout as measured',
      'NetworkPolicy faults/deployment-api-egress isolates it', 'spec.egress[0] lets through TCP 5432',
      'NetworkPolicy faults/statefulset-db-ingress isolates it', 'spec.ingress[0] lets through TCP 5432',
    ]));
  }, 300_000);

  test('that DNS is left out', async () => {
    const isDns = ({ ports = [] }: any) => ports.some(({ port }: any) => port === 53);
    const found = await foundWith(whole.map(manifest => manifest.kind !== 'NetworkPolicy' ? manifest : (
      { ...manifest, spec: { ...manifest.spec, ...manifest.spec.egress && { egress: manifest.spec.egress.filter((rule: any) => !isDns(rule)) } } }
    )));
    expect(found.map(({ cell }) => shown(cell)).sort()).toEqual(
      ['api', 'db-0', 'idle', 'web'].flatMap(name => ['TCP', 'UDP'].map(protocol => `faults/${name} => kube-system/coredns : ${protocol} 53`)),
    );
  }, 300_000);

  test('that a policy which shuts is not in the cluster', async () => {
    const found = await foundWith(whole.filter(({ kind, metadata: { name } }) => kind !== 'NetworkPolicy' || name !== 'default-deny'));
    // The others have ingress policies of their own, and the egress of all is shut by what opens DNS to them.
    const sources = ['faults-guests/guest', 'kube-system/coredns', ...OUTSIDE];
    expect(found.map(({ cell, measured }) => `${shown(cell)} ${measured}`).sort()).toEqual(
      sources.flatMap(source => [`${source} => faults/idle : TCP 4444 refused`, ...OUTSIDE.includes(source) ? [] : [`${source} => faults/idle : TCP 8080 open`]]).sort(),
    );
  }, 300_000);

  test('that a policy which opens is not in the cluster', async () => {
    const found = await foundWith(whole.filter(({ kind, metadata: { name } }) => kind !== 'NetworkPolicy' || name !== 'deployment-web-ingress'));
    expect(found.map(({ cell }) => shown(cell))).toEqual(['faults-guests/guest => faults/web : TCP 80']);
  }, 300_000);

  test('that a pod has other labels in the cluster', async () => {
    const found = await foundWith(whole.map(manifest => manifest.kind === 'Pod' ? { ...manifest, metadata: { ...manifest.metadata, labels: { app: 'other' } } } : manifest));
    expect(found.map(({ cell }) => shown(cell))).toEqual(['faults-guests/guest => faults/web : TCP 80']);
  }, 300_000);
});

/** A front, an API and a database in a line, a workload without flows, and a pod of others that is let in to the front. */
function app(): any[] {
  const chart = new Chart(new App(), 'faults', { disableResourceNameHashes: true });
  const namespace = new SecureNamespace(chart, 'faults');
  const deployment = (name: string, number: number) => (
    new HardenedDeployment(namespace, name, { metadata: { name }, replicas: 1, containers: [{ ...CONTAINER, ports: [{ number }] }] })
  );
  const [web, api] = [deployment('web', 80), deployment('api', 8080)];
  deployment('idle', 8080);
  const service = new kplus.Service(namespace, 'service', { metadata: { name: 'db' }, clusterIP: 'None', ports: [{ port: 5432 }] });
  const db = new HardenedStatefulSet(namespace, 'db', { metadata: { name: 'db' }, replicas: 1, service, containers: [{ ...CONTAINER, ports: [{ number: 5432 }] }] });
  web.connectTo(api);
  api.connectTo(db);
  web.acceptFrom(Peer.pods({ namespace: 'faults-guests', labels: { app: 'guest' } }));
  return [
    ...Testing.synth(chart),
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'faults-guests' } },
    {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'guest', namespace: 'faults-guests', labels: { app: 'guest' } },
      spec: { containers: [{ name: 'main', image: 'x:1', ports: [{ containerPort: 8080 }] }] },
    },
  ];
}

function withPolicy(manifests: readonly any[], name: string, change: (policy: any) => any): any[] {
  return manifests.map(manifest => manifest.kind === 'NetworkPolicy' && manifest.metadata.name === name ? change(manifest) : manifest);
}
