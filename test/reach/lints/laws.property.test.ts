import { lintsOf } from '../../../src/reach/lints/lints';
import { Reach } from '../../../src/reach/reach';
import { readObjects } from '../agreement';
import { End, NaiveCluster, verdict } from '../naive';
import { manifestsOf, randomCluster } from '../random-cluster';

const PORTS = [1, 80, 81, 8080];
const ADDRESSES = ['9.9.9.9', '10.1.0.3', 'fd00::2'];

/** All that the naive evaluator says of a cluster, on ports around those that random clusters name. */
function cells(cluster: NaiveCluster): string[] {
  const ends: { end: End; name: string }[] = [
    ...cluster.pods.map(pod => ({ end: { pod }, name: pod.name })), ...ADDRESSES.map(ip => ({ end: { ip }, name: ip })),
  ];
  return ends.flatMap(from => ends.filter(to => to !== from && ('pod' in from.end || 'pod' in to.end)).flatMap(to => (
    ['TCP', 'UDP', 'SCTP'].flatMap(protocol => PORTS.map(port => `${from.name} ${to.name} ${protocol} ${port} ${verdict(cluster, from.end, to.end, protocol, port)}`))
  )));
}

function without(cluster: NaiveCluster, name: string, field: string): NaiveCluster {
  if (field === 'spec' || field === 'spec.podSelector') return { ...cluster, policies: cluster.policies.filter(({ metadata }) => metadata.name !== name) };
  const [, direction, place, peer] = /^spec\.(ingress|egress)(?:\[(\d+)\](?:\.(?:from|to)\[(\d+)\]|\.ports)?)?$/.exec(field)!;
  const policies = cluster.policies.map(policy => {
    if (policy.metadata.name !== name) return policy;
    const { spec } = JSON.parse(JSON.stringify(policy));
    // Without its rules, a policy that names no types would be about another direction.
    spec.policyTypes = spec.policyTypes?.length ? spec.policyTypes : spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
    if (place === undefined) spec[direction] = [];
    else if (peer === undefined) spec[direction].splice(Number(place), 1);
    else spec[direction][Number(place)][direction === 'ingress' ? 'from' : 'to'].splice(Number(peer), 1);
    return { ...policy, spec };
  });
  return { ...cluster, policies };
}

const REMOVED = ['network-policy-selects-nothing', 'network-policy-unused', 'network-rule-no-effect', 'network-rule-shadowed'];

test('what a lint says may go can go: a naive evaluator says the same without it', () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= 150; seed++) {
    const cluster = randomCluster(seed);
    const lints = lintsOf(new Reach(readObjects(manifestsOf(cluster)))).filter(({ id }) => REMOVED.includes(id));
    const before = lints.length ? cells(cluster) : [];
    for (const { id, policy: { name }, field } of lints) {
      seen.set(id, (seen.get(id) ?? 0) + 1);
      expect({ seed, id, name, field, cells: cells(without(cluster, name, field)) }).toEqual({ seed, id, name, field, cells: before });
    }
  }
  for (const id of REMOVED) expect({ id, often: (seen.get(id) ?? 0) > 0 }).toEqual({ id, often: true });
});

test('policies that nothing would miss can go together', () => {
  let seen = 0;
  for (let seed = 1; seed <= 600; seed++) {
    const cluster = randomCluster(seed);
    const names = lintsOf(new Reach(readObjects(manifestsOf(cluster)))).filter(({ id }) => id === 'network-policy-unused').map(({ policy: { name } }) => name);
    if (names.length < 2) continue;
    seen++;
    const rest = { ...cluster, policies: cluster.policies.filter(({ metadata }) => !names.includes(metadata.name)) };
    expect({ seed, cells: cells(rest) }).toEqual({ seed, cells: cells(cluster) });
  }
  expect(seen).toBeGreaterThan(0);
});

test('of a flow on which the ends disagree, nothing is open', () => {
  let seen = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const cluster = randomCluster(seed);
    for (const { id, policy, field } of lintsOf(new Reach(readObjects(manifestsOf(cluster))))) {
      if (id !== 'network-ends-disagree') continue;
      seen++;
      const [, direction, place, peer] = /^spec\.(ingress|egress)\[(\d+)\]\.(?:from|to)\[(\d+)\]$/.exec(field)!;
      const { ports, from, to } = cluster.policies.find(({ metadata }) => metadata.name === policy.name).spec[direction][Number(place)];
      // The rule alone, for the same pods, beside policies that isolate nobody.
      const only = { [direction]: [{ ...ports && { ports }, [direction === 'ingress' ? 'from' : 'to']: [(from ?? to)[Number(peer)]] }] };
      const alone = {
        ...cluster, policies: cluster.policies.filter(({ metadata }) => metadata.name === policy.name).map(its => (
          { ...its, spec: { podSelector: its.spec.podSelector, policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'], ...only } }
        )),
      };
      const own = (pod: NaiveCluster['pods'][number]) => pod.namespace === policy.namespace && policy.pods.match(pod.labels) && !pod.hostNetwork;
      const pairs = cluster.pods.filter(own).flatMap(pod => cluster.pods.filter(other => other !== pod && !other.hostNetwork).map(other => direction === 'egress' ? [pod, other] : [other, pod]));
      for (const [source, target] of pairs) {
        for (const protocol of ['TCP', 'UDP', 'SCTP']) {
          for (const port of PORTS) {
            if (verdict(alone, { pod: source }, { pod: target }, protocol, port) === 'denied') continue;
            expect({ seed, field, port, said: verdict(cluster, { pod: source }, { pod: target }, protocol, port) }).toEqual({ seed, field, port, said: 'denied' });
          }
        }
      }
    }
  }
  expect(seen).toBeGreaterThan(2);
});

test('the order of the input does not matter to how much is found', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const manifests = manifestsOf(randomCluster(seed));
    const counts = [manifests, [...manifests].reverse()].map(list => lintsOf(new Reach(readObjects(list))).map(({ id }) => id).filter(id => id !== 'network-policy-unused').sort());
    expect({ seed, found: counts[1] }).toEqual({ seed, found: counts[0] });
  }
});

