import { Dice, randomLabels, randomPolicy, Words } from '../../reach/random-cluster';
import { Flow, FlowSet, Guest, Labels, Listener, Other, Ports, Space, Workload } from './plan';
import { BLOCKS, LISTENERS, withoutPods, wordsOf } from './words';

const KINDS = ['Deployment', 'Deployment', 'StatefulSet', 'DaemonSet'] as const;
/** How many profiles of clusters there are to choose from. */
export const PROFILES = 8;

/** A set that looks random and is the same for the same seed. */
export function draw(seed: number): FlowSet {
  const dice = new Dice(seed);
  const spaces = drawSpaces(dice, seed);
  const knowsAddresses = dice.chance(0.3);
  const words = wordsOf(spaces.map(({ name }) => name), knowsAddresses);
  const ours = spaces.flatMap(({ ours: its }, place) => its ? [place] : []);
  const workloads = dice.some(4, () => 0, 2).map((_, i) => workload(dice, words, `w${i}`, ours));
  if (dice.chance(0.5)) workloads.push({ ...workload(dice, words, 'plain', [spaces.length - 1]), kind: 'plain', replicas: 1, isIsolated: false, isExposed: false });
  const guests = dice.some(3, () => 0, 2).map((_, i): Guest => ({
    space: dice.below(spaces.length), name: `g${i}`, labels: randomLabels(words, dice), listeners: listeners(dice),
  }));
  if (dice.chance(0.25)) {
    // Two of them on one node could not have the same port.
    guests.push({ space: spaces.length - 1, name: 'host', labels: randomLabels(words, dice), listeners: [{ name: 'host', number: 20_000 + seed % 10_000, protocol: 'TCP' }], isOnHost: true });
  }
  const set = { seed, profile: dice.below(PROFILES), knowsAddresses, spaces, workloads, guests };
  const flows = dice.some(6, () => flow(dice, set), 2);
  return { ...set, flows, policies: dice.some(4, () => 0).map((_, i) => foreign(dice, words, `n${i}`, knowsAddresses)) };
}

/** A policy of others. Where the addresses of pods are not known, its blocks cover none. */
export function foreign(dice: Dice, words: Words, name: string, knowsAddresses: boolean): any {
  const { metadata, ...policy } = randomPolicy(words, dice, name);
  const { namespace = words.namespaces[0] } = metadata;
  const whole = { ...policy, metadata: { name, namespace } };
  return knowsAddresses ? whole : JSON.parse(JSON.stringify(whole), (_, value) => (
    typeof value?.cidr === 'string' ? blockOf(value.cidr, withoutPods(value.cidr, value.except ?? [])) : value
  ));
}

function blockOf(cidr: string, except: readonly string[]): object {
  return { cidr, ...except.length && { except } };
}

function drawSpaces(dice: Dice, seed: number): Space[] {
  const labels = (): Labels => dice.chance(0.5) ? { team: dice.one(['x', 'y']) } : {};
  const ours = dice.some(2, (): Space['ours'] => ({
    stage: dice.chance(0.8) ? 'enforce' : dice.one(['warn', 'observe'] as const), opensInCluster: dice.chance(0.2), dns: dice.chance(0.9),
  }), 1);
  return [
    ...ours.map((its, i): Space => ({ name: `s${seed}-${'ab'[i]}`, labels: labels(), ours: its })),
    { name: `s${seed}-z`, labels: labels() },
  ];
}

function workload(dice: Dice, words: Words, name: string, spaces: readonly number[]): Workload {
  const kind = dice.one(KINDS);
  return {
    kind, space: dice.one(spaces), name, labels: randomLabels(words, dice), listeners: listeners(dice),
    replicas: kind === 'StatefulSet' && dice.chance(0.5) ? 2 : 1, isIsolated: dice.chance(0.2), isExposed: dice.chance(0.15),
  };
}

function listeners(dice: Dice): Listener[] {
  const its = LISTENERS.filter(() => dice.chance(0.5));
  return its.length ? its : [LISTENERS[0]];
}

/** A flow of one of the set's workloads; such as the library would refuse are not drawn. */
export function flow(dice: Dice, set: Pick<FlowSet, 'spaces' | 'workloads'>): Flow {
  const own = dice.below(set.workloads.length);
  const isPlain = set.workloads[own].kind === 'plain';
  // A plain workload opens nothing by itself, and the egress of pods in a namespace of others is not ours to shut.
  const way = isPlain ? 'ingress' : dice.one(['connect', 'connect', 'connect', 'accept', 'accept', 'egress', 'ingress'] as const);
  const isTarget = way === 'connect' || way === 'egress';
  const to = other(dice, set, own, isTarget);
  const target = !isTarget ? set.workloads[own] : 'workload' in to ? set.workloads[to.workload] : undefined;
  return { way, own, other: to, ports: ports(dice, target, to) };
}

function other(dice: Dice, { spaces, workloads }: Pick<FlowSet, 'spaces' | 'workloads'>, own: number, isTarget: boolean): Other {
  const place = dice.below(spaces.length);
  switch (dice.below(8)) {
    case 0: return { pods: { labels: { tier: dice.one(['x', 'y', '']) }, space: place } };
    case 1: return { pods: { requirement: { key: dice.one(['tier', 'env']), operator: 'NotIn', values: [dice.one(['x', 'y'])] }, ...dice.chance(0.5) ? { everywhere: true } : { spaceLabels: { team: dice.one(['x', 'y']) } } } };
    case 2: return { space: place };
    case 3: {
      const [cidr, ...parts] = dice.one(BLOCKS);
      return { cidr, except: withoutPods(cidr, parts.filter(() => dice.chance(0.5))) };
    }
    case 4: return { role: dice.one(isTarget ? ['internet', 'clusterInternal', 'apiServer', 'dns', 'anyone', 'workloadIdentity'] as const : ['anyone', 'prometheus', 'ingressController', 'webhookCallers', 'clusterInternal'] as const) };
    default: {
      const others = workloads.map((_, i) => i).filter(i => i !== own || workloads[own].replicas > 1);
      return others.length ? { workload: dice.one(others) } : { role: 'anyone' };
    }
  }
}

function ports(dice: Dice, target: Workload | undefined, to: Other): Ports {
  const number = dice.one(LISTENERS);
  const said: Ports[] = [{ ports: [number.number], protocol: number.protocol }, { portRanges: [{ port: 8080, endPort: 8090 }], protocol: dice.one(['TCP', 'UDP'] as const) }];
  if (!target) {
    const isPods = 'pods' in to || 'space' in to;
    return dice.one([...said, ...isPods ? [{ portNames: [number.name], protocol: number.protocol }] : []]);
  }
  const named = dice.one(target.listeners);
  if (new Set(target.listeners.map(its => its.number)).size === 1) said.push({});
  return dice.one([...said, { portNames: [named.name] }, { portNames: [named.name] }, { ports: target.listeners.map(its => its.number) }]);
}
