import { NaiveCluster, NaivePod } from './naive';

/** What random objects are made of. */
export interface Words {
  readonly namespaces: readonly string[];
  /** Keys and values of labels. */
  readonly keys: readonly string[];
  readonly values: readonly string[];
  readonly ports: readonly number[];
  readonly names: readonly string[];
  readonly protocols: readonly string[];
  /** Blocks, each with what may be excepted from it. */
  readonly blocks: readonly (readonly string[])[];
}

const WORDS: Words = {
  namespaces: ['a', 'b', 'default'],
  keys: ['app', 'tier', 'env'],
  values: ['x', 'y', ''],
  ports: [79, 80, 81, 8080],
  names: ['http', 'dns'],
  protocols: ['TCP', 'UDP', 'SCTP'],
  blocks: [
    ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '10.0.0.2/32'], ['10.0.0.0/8', '10.1.0.0/16', '10.0.0.0/30'], ['10.0.0.1/32'], ['192.168.0.0/16', '192.168.0.0/24'],
    ['::/0', 'fd00::/8', 'fd00::2/128'], ['fd00::/8', 'fd00::/126'], ['fd00::1/128'], ['255.255.255.255/32'], ['128.0.0.0/1', '255.255.255.254/31'],
  ],
};

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  public below(count: number): number {
    return Math.floor(this.next() * count);
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public one<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  public some<T>(most: number, make: () => T, least = 0): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}

/** A small cluster near the borders of every rule. */
export function randomCluster(seed: number): NaiveCluster {
  const dice = new Dice(seed);
  const namespaces = Object.fromEntries(WORDS.namespaces.filter(() => dice.chance(0.8)).map(name => [name, randomLabels(WORDS, dice)]));
  const pods = dice.some(5, () => 0, 2).map((_, i) => pod(dice, i));
  return { namespaces, pods, policies: dice.some(4, () => 0).map((_, i) => randomPolicy(WORDS, dice, `n${i}`)) };
}

/** The same as manifests. */
export function manifestsOf({ namespaces, pods, policies }: NaiveCluster): any[] {
  return [
    ...Object.entries(namespaces).map(([name, its]) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: its } })),
    ...pods.map(({ name, namespace, labels: its, ips, hostNetwork, ports }) => ({
      apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: its },
      spec: { ...hostNetwork && { hostNetwork }, containers: [{ name: 'main', image: 'x', ports }] },
      status: { podIP: ips[0], podIPs: ips.map(ip => ({ ip })) },
    })),
    ...policies,
  ];
}

function pod(dice: Dice, i: number): NaivePod {
  const ips = [`10.${dice.below(2)}.0.${i}`, `fd00::${i}`].filter(() => dice.chance(0.8));
  return {
    name: `p${i}`,
    namespace: dice.one(WORDS.namespaces),
    labels: randomLabels(WORDS, dice),
    ips,
    hostNetwork: dice.chance(0.1),
    ports: dice.some(3, () => ({ name: dice.one(WORDS.names), protocol: dice.one(WORDS.protocols), containerPort: dice.one(WORDS.ports) })),
  };
}

/** A policy near the borders, as the API server takes it. */
export function randomPolicy(words: Words, dice: Dice, name: string): any {
  const spec: any = {};
  if (dice.chance(0.95)) spec.podSelector = selectorOf(words, dice);
  if (dice.chance(0.7)) spec.policyTypes = dice.one([['Ingress'], ['Egress'], ['Ingress', 'Egress'], []]);
  if (dice.chance(0.7)) spec.ingress = dice.some(3, () => rule(words, dice, 'from'));
  if (dice.chance(0.7)) spec.egress = dice.some(3, () => rule(words, dice, 'to'));
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, ...dice.chance(0.9) && { namespace: dice.one(words.namespaces) } }, spec };
}

function rule(words: Words, dice: Dice, peers: 'from' | 'to'): any {
  return {
    ...dice.chance(0.85) && { [peers]: dice.some(2, () => peer(words, dice)) },
    ...dice.chance(0.7) && { ports: dice.some(2, () => port(words, dice)) },
  };
}

function peer(words: Words, dice: Dice): any {
  if (dice.chance(0.3)) {
    const [cidr, ...parts] = dice.one(words.blocks);
    const except = parts.filter(() => dice.chance(0.4));
    return { ipBlock: { cidr, ...except.length && { except } } };
  }
  const kind = dice.below(3);
  return { ...kind !== 0 && { namespaceSelector: selectorOf(words, dice, true) }, ...kind !== 1 && { podSelector: selectorOf(words, dice) } };
}

function port({ protocols, ports, names }: Words, dice: Dice): any {
  const protocol = dice.chance(0.3) ? {} : { protocol: dice.one(protocols) };
  if (dice.chance(0.15)) return protocol;
  if (dice.chance(0.25)) return { ...protocol, port: dice.one(names) };
  const first = dice.one(ports);
  return { ...protocol, port: first, ...dice.chance(0.3) && { endPort: first + dice.below(3) } };
}

/** A selector near the borders. */
export function selector(dice: Dice, isForNamespaces = false): any {
  return selectorOf(WORDS, dice, isForNamespaces);
}

function selectorOf({ keys, values, namespaces }: Words, dice: Dice, isForNamespaces = false): any {
  const key = () => isForNamespaces && dice.chance(0.4) ? 'kubernetes.io/metadata.name' : dice.one(keys);
  const value = () => isForNamespaces && dice.chance(0.4) ? dice.one(namespaces) : dice.one(values);
  return {
    ...dice.chance(0.4) && { matchLabels: { [key()]: value() } },
    ...dice.chance(0.4) && {
      matchExpressions: dice.some(2, () => {
        const operator = dice.one(['In', 'NotIn', 'Exists', 'DoesNotExist']);
        return { key: key(), operator, ...operator.endsWith('In') && { values: dice.some(2, value, 1) } };
      }),
    },
  };
}

/** Labels, some of those that there are. */
export function randomLabels({ keys, values }: Words, dice: Dice): { [key: string]: string } {
  return Object.fromEntries(keys.filter(() => dice.chance(0.5)).map(key => [key, dice.one(values)]));
}
