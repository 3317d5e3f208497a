import { Family } from '../kube/addresses';
import { Labels } from '../kube/selectors';
import { BlockPeer, covers, isWhole, keyOf, PodsPeer, RulePeer } from './peer';
import { Match, Selector } from './selector';
import { Namespace, Unit } from './unit';
import { UnitSet, UnitSets } from './unit-set';
import { Doubt } from './verdict';

/** The pods that a peer is about, all with the same doubt. */
export interface Meant {
  readonly set: UnitSet;
  readonly doubts: number;
}

/** An address of a pod. */
interface Placed {
  readonly value: bigint;
  readonly unit: number;
}

const NOBODY: readonly number[] = [];

/** The pods of a namespace, or of all, by their labels. */
class Place {
  public readonly units: number[] = [];
  private readonly byLabel = new Map<string, Map<string, number[]>>();

  public add(unit: number, labels: Labels): void {
    this.units.push(unit);
    for (const key of Object.keys(labels)) {
      let values = this.byLabel.get(key);
      if (!values) this.byLabel.set(key, values = new Map());
      const list = values.get(labels[key]);
      if (list) list.push(unit); else values.set(labels[key], [unit]);
    }
  }

  /** Those with one of the values. */
  public having(key: string, values: readonly string[]): readonly number[] {
    const lists = this.byLabel.get(key);
    if (values.length === 1) return lists?.get(values[0]) ?? NOBODY;
    return values.flatMap(value => lists?.get(value) ?? NOBODY).sort((a, b) => a - b);
  }
}

/** Finds the pods that selectors and blocks are about, by indices in place of asking each pod; each answer is made once. */
export class UnitIndex {
  private readonly everywhere = new Place();
  private readonly inNamespace = new Map<string, Place>();
  private readonly byAddress: Readonly<Record<Family, Placed[]>> = { 4: [], 6: [] };
  private readonly namespaces: Namespace[];
  private readonly selected = new Map<string, readonly number[]>();
  private readonly meant = new Map<string, readonly Meant[]>();

  constructor(private readonly units: readonly Unit[], private readonly sets: UnitSets) {
    const namespaces = new Set<Namespace>();
    units.forEach(({ namespace, labels, addresses }, unit) => {
      namespaces.add(namespace);
      let place = this.inNamespace.get(namespace.name);
      if (!place) this.inNamespace.set(namespace.name, place = new Place());
      place.add(unit, labels);
      this.everywhere.add(unit, labels);
      for (const { family, value } of addresses) this.byAddress[family].push({ value, unit });
    });
    this.namespaces = [...namespaces];
    for (const family of [4, 6] as const) this.byAddress[family].sort((a, b) => a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
  }

  /** The pods of a namespace, or of all, that a selector selects. */
  public select(selector: Selector, namespace?: string): readonly number[] {
    const key = `${namespace ?? ''} ${selector.key}`;
    let found = this.selected.get(key);
    if (!found) this.selected.set(key, found = this.find(selector, namespace));
    return found;
  }

  /** The pods that a peer of a policy in `namespace` is about. */
  public meantBy(peer: RulePeer, namespace: string): readonly Meant[] {
    const key = keyOf(peer, namespace);
    let found = this.meant.get(key);
    if (!found) this.meant.set(key, found = peer.type === 'block' ? this.byBlock(peer) : this.byNamespaces(peer, namespace));
    return found;
  }

  private find(selector: Selector, namespace: string | undefined): readonly number[] {
    const place = namespace === undefined ? this.everywhere : this.inNamespace.get(namespace);
    if (!place) return NOBODY;
    let candidates: readonly number[] = place.units;
    let rest = selector.requirements.length;
    for (const { key, operator, values } of selector.requirements) {
      if (operator !== 'In') continue;
      const found = place.having(key, values);
      if (found.length <= candidates.length) candidates = found;
      if (selector.requirements.length === 1) rest = 0;
    }
    return rest ? candidates.filter(unit => selector.match(this.units[unit].labels) === Match.YES) : candidates;
  }

  private byNamespaces({ namespaces, pods }: PodsPeer, own: string): readonly Meant[] {
    if (!namespaces) return this.split(this.select(pods, own), Doubt.NONE);
    const matching = (match: Match) => this.namespaces.filter(({ labels, isKnown }) => namespaces.match(labels, isKnown) === match);
    const [sure, unsure] = [matching(Match.YES), matching(Match.MAYBE)];
    const inAll = (list: readonly Namespace[]) => list.length === this.namespaces.length
      ? this.select(pods)
      : list.length === 1 ? this.select(pods, list[0].name) : list.flatMap(({ name }) => this.select(pods, name)).sort((a, b) => a - b);
    return [...this.split(inAll(sure), Doubt.NONE), ...this.split(inAll(unsure), Doubt.UNKNOWN_NAMESPACE)];
  }

  private byBlock(peer: BlockPeer): readonly Meant[] {
    const { block } = peer;
    const list = this.byAddress[block.family];
    const found = new Set<number>();
    for (let i = firstFrom(list, block.first); i < list.length && list[i].value <= block.last; i++) {
      if (covers(peer, { family: block.family, value: list[i].value })) found.add(list[i].unit);
    }
    // Whatever address a pod has that the input does not say, it is one of all.
    if (isWhole(peer)) this.units.forEach(({ addresses }, unit) => addresses.length || found.add(unit));
    return this.split([...found].sort((a, b) => a - b), Doubt.BLOCK_OF_POD);
  }

  /** Whether a rule is about pods in the network of their nodes is up to the plugin. */
  private split(members: readonly number[], doubts: number): Meant[] {
    const isOnHost = (unit: number) => this.units[unit].isOnHost;
    const onHost = members.filter(isOnHost);
    const inside = onHost.length ? members.filter(unit => !isOnHost(unit)) : members;
    return [
      ...inside.length ? [{ set: this.sets.of(inside), doubts }] : [],
      ...onHost.length ? [{ set: this.sets.of(onHost), doubts: doubts | Doubt.HOST_NETWORK }] : [],
    ];
  }
}

/** The place of the first address that is not before `value`. */
function firstFrom(list: readonly Placed[], value: bigint): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].value < value) low = middle + 1; else high = middle;
  }
  return low;
}
