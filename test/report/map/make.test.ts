import { describeVerdict } from '../../../src/reach/port-words';
import { Selection } from '../../../src/reach/selection';
import { linksOf, reachOf } from '../../reach/clusters';
import { manifestsOf, randomCluster } from '../../reach/random-cluster';
import { deployment, linesOf, mapOfManifests, onlyFrom, openNamespaces } from './maps';

describe('a map', () => {
  test('has every workload, and every connection that the listing has', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const manifests = manifestsOf(randomCluster(seed));
      const reach = reachOf(...manifests);
      const map = mapOfManifests(manifests);
      const listed = linksOf(reach, { mergesAddresses: true }).filter(({ from }) => from.kind !== 'node');
      expect(linesOf(map)).toEqual(listed.map(({ from, to, verdict }) => `${from.id} => ${to.id} : ${describeVerdict(verdict, reach.world.verdicts.ports)}`).sort());
      expect(map.nodes.filter(({ space }) => map.spaces[space].kind === 'namespace').map(({ id }) => id)).toEqual(reach.workloads.map(({ id }) => id));
    }
  });

  test('says why: which policies isolate an end, and which of their rules let it through', () => {
    const map = mapOfManifests([deployment('web', 'shop'), deployment('db', 'shop'), onlyFrom('shop', 'db', ['api', 'web'], 5432)]);
    const { why } = map.links.find(({ from, to }) => map.nodes[from].label === 'web' && map.nodes[to].label === 'db')!;
    const [egress, ingress] = why!.map(side => map.reasons.sides[side]);
    expect(egress).toEqual({ text: 'No policy isolates it, so everything is let through.' });
    expect(ingress.policies!.map(policy => map.reasons.policies[policy].name)).toEqual(['shop/db']);
    expect(ingress.rules!.map(([rule, ports]) => [map.reasons.rules[rule].field, map.words[ports]])).toEqual([['spec.ingress[1]', 'TCP 5432']]);
  });

  test('tells what comes from the internet from what comes from private addresses', () => {
    const policy = (name: string, cidr: string) => ({
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ ipBlock: { cidr } }] }] },
    });
    const map = mapOfManifests([deployment('near', 'shop'), deployment('far', 'shop'), policy('near', '10.0.0.0/8'), policy('far', '8.8.8.0/24')]);
    expect(map.links.map(({ from, to, side }) => [map.nodes[from].label, map.nodes[to].label, side])).toEqual([
      ['8.8.8.0/24', 'far', 'entry'], ['10.0.0.0/8', 'near', undefined],
    ]);
  });

  test('has only those who are asked about, and whom they reach', () => {
    const manifests = [deployment('web', 'shop'), deployment('db', 'shop'), deployment('other', 'else'), onlyFrom('shop', 'db', ['web']), onlyFrom('else', 'other', [])];
    const map = mapOfManifests(manifests, { from: Selection.parse('test', 'shop/web') });
    expect(map.nodes.map(({ label }) => label)).toEqual(['db', 'web', 'any address']);
  });

  test('is the same, byte for byte, on every run', () => {
    const manifests = manifestsOf(randomCluster(7));
    expect(JSON.stringify(mapOfManifests(manifests))).toBe(JSON.stringify(mapOfManifests(manifests)));
  });
});

describe('a large map', () => {
  test('puts workloads of a namespace together that are the same to all others, and says so', () => {
    const map = mapOfManifests(openNamespaces(4, 30));
    expect(map.nodes.map(({ id, members }) => [id, members?.length])).toEqual([
      ['team-0/web-0[Deployment] and 29 more', 30], ['team-1/web-0[Deployment] and 29 more', 30],
      ['team-2/web-0[Deployment] and 29 more', 30], ['team-3/web-0[Deployment] and 29 more', 30],
      ['0.0.0.0-255.255.255.255', undefined], ['0.0.0.0-255.255.255.255', undefined],
    ]);
    // Each to each, itself included, and from and to anywhere.
    expect(map.links).toHaveLength(4 * 4 + 2 * 4);
    expect(map.notes[0]).toBe('Workloads of a namespace that are the same to all others stand together.');
    expect(map.spaces.some(({ kind, isOpen }) => kind === 'namespace' && isOpen)).toBe(false);
  });

  test('puts namespaces together that are the same to all others', () => {
    const map = mapOfManifests(openNamespaces(120, 2));
    expect(map.spaces.map(({ name, count }) => [name, count])).toEqual([['team-0 +119 namespaces', 240], ['from outside', 1], ['to outside', 1]]);
    expect(map.links).toHaveLength(3);
  });

  test('counts what it cannot draw between namespaces', () => {
    // 90 apps that differ from each other, in pairs of namespaces that differ: too much for any grouping.
    const count = 90;
    const manifests = Array.from({ length: count }, (_, i) => {
      const [app, namespace] = [`app-${i}`, `team-${i % 3}`];
      return [deployment(app, namespace), {
        apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: app, namespace },
        spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: i + 1 }] }] },
      }];
    }).flat();
    const map = mapOfManifests(manifests);
    expect(map.nodes).toEqual([]);
    expect(map.links.every(({ from, to }) => map.spaces[from] && map.spaces[to])).toBe(true);
    const inside = map.links.filter(({ from, to }) => map.spaces[from].kind === 'namespace' && map.spaces[to].kind === 'namespace');
    expect(inside.reduce((sum, link) => sum + (link.count ?? 1), 0)).toBe(count * (count - 1));
    expect(map.notes).toContain('There is too much to draw each workload: lines stand for all connections between two namespaces.');
  });
});
