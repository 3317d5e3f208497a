import { reach } from '../../src';
import { End, NaiveCluster, verdict } from './naive';
import { Dice, manifestsOf, randomCluster } from './random-cluster';

const CLUSTERS = 250;
const PORTS = [1, 79, 80, 81, 8080];
const ADDRESSES = ['9.9.9.9', '10.0.0.1', '10.1.0.3', '192.168.0.9', '255.255.255.255', 'fd00::2', '2001:db8::1'];

interface Pair {
  readonly names: readonly [string, string];
  readonly ends: readonly [End, End];
}

/** Each pair of pods, and each of a pod and an address. */
function pairsOf({ pods }: NaiveCluster): Pair[] {
  const inside = pods.map(pod => ({ name: `${pod.namespace}/${pod.name}`, end: { pod } }));
  const outside = ADDRESSES.map(ip => ({ name: ip, end: { ip } }));
  return [...inside, ...outside].flatMap(from => [...inside, ...outside].filter(to => to !== from && ('pod' in from.end || 'pod' in to.end)).map((to): Pair => (
    { names: [from.name, to.name], ends: [from.end, to.end] }
  )));
}

test('allowed and denied say what a naive evaluator says, and both say no where it depends', () => {
  for (let seed = 1; seed <= CLUSTERS; seed++) {
    const cluster = randomCluster(seed);
    const dice = new Dice(seed);
    const connectivity = reach.Connectivity.of(manifestsOf(cluster));
    for (const { names: [source, target], ends: [from, to] } of pairsOf(cluster).filter(() => dice.chance(0.3))) {
      const [protocol, port] = [dice.one(['TCP', 'UDP', 'SCTP']), dice.one(PORTS)];
      const expected = verdict(cluster, from, to, protocol, port);
      const said = [connectivity.allowed(source, target, port, protocol), connectivity.denied(source, target, port, protocol)];
      expect({ seed, source, target, protocol, port, said }).toEqual({ seed, source, target, protocol, port, said: [expected === 'allowed', expected === 'denied'] });
    }
  }
});

test('a CIDR is allowed where each of its addresses is, and denied where each is', () => {
  for (let seed = 1; seed <= CLUSTERS; seed++) {
    const cluster = randomCluster(seed);
    const dice = new Dice(seed);
    const connectivity = reach.Connectivity.of(manifestsOf(cluster));
    for (const pod of cluster.pods) {
      const [cidr, addresses] = dice.one([['10.0.0.0/30', [0, 1, 2, 3].map(i => `10.0.0.${i}`)], ['fd00::/126', ['fd00::', 'fd00::1', 'fd00::2', 'fd00::3']]] as const);
      const port = dice.one(PORTS);
      const verdicts = addresses.map(ip => verdict(cluster, { ip }, { pod }, 'TCP', port));
      const name = `${pod.namespace}/${pod.name}`;
      expect({ seed, name, cidr, said: [connectivity.allowed(cidr, name, port), connectivity.denied(cidr, name, port)] })
        .toEqual({ seed, name, cidr, said: [verdicts.every(its => its === 'allowed'), verdicts.every(its => its === 'denied')] });
    }
  }
});

test('an explanation says what is so, and what it suggests is enough', () => {
  let suggested = 0;
  for (let seed = 1; seed <= CLUSTERS; seed++) {
    const cluster = randomCluster(seed);
    const dice = new Dice(seed);
    const connectivity = reach.Connectivity.of(manifestsOf(cluster));
    for (const { names: [source, target], ends: [from, to] } of pairsOf(cluster).filter(() => dice.chance(0.2))) {
      const [explanation, ...others] = connectivity.explain(source, target);
      expect(others).toEqual([]);
      const surely = PORTS.filter(port => verdict(cluster, from, to, 'TCP', port) === 'allowed');
      const said = PORTS.filter(port => explanation.connections.some(({ verdict: its, all, ports }) => its === reach.ConnectionVerdict.ALLOWED
        && (all || ports.some(span => span.protocol === 'TCP' && span.port <= port && port <= span.endPort))));
      expect({ seed, source, target, said }).toEqual({ seed, source, target, said: surely });
      // Where a node is one of both, or a namespace is unknown, no rule makes it certain.
      const isCertain = [from, to].every(end => 'ip' in end || (!end.pod.hostNetwork && cluster.namespaces[end.pod.namespace]));
      if (!explanation.suggestions.length || !isCertain) continue;
      suggested++;
      const mended = withRules(cluster, explanation.suggestions);
      const opened = reach.Connectivity.of(manifestsOf(mended)).connections({ source, target });
      const asked = { seed, source, target, rules: explanation.suggestions };
      expect({ ...asked, opened: opened.some(({ verdict: its }) => its === reach.ConnectionVerdict.ALLOWED) }).toEqual({ ...asked, opened: true });
    }
  }
  expect(suggested).toBeGreaterThan(100);
});

/** A cluster with what an explanation suggests. */
function withRules(cluster: NaiveCluster, suggestions: readonly reach.SuggestedRule[]): NaiveCluster {
  const policies = JSON.parse(JSON.stringify(cluster.policies)) as any[];
  for (const [i, { policy: name, namespaceName: namespace, field, podSelector, rule }] of suggestions.entries()) {
    const direction = field.slice('spec.'.length);
    const its = policies.find(({ metadata }) => metadata.name === name && (metadata.namespace ?? 'default') === namespace);
    if (its) {
      its.spec[direction] = [...its.spec[direction] ?? [], rule];
    } else {
      const policyTypes = [direction === 'egress' ? 'Egress' : 'Ingress'];
      policies.push({
        apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: `suggested-${i}`, namespace }, spec: { podSelector, policyTypes, [direction]: [rule] },
      });
    }
  }
  return { ...cluster, policies };
}
