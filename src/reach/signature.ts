import { Direction, DIRECTIONS, Policy } from './policy';
import { PortSet } from './port-set';
import { resolvePorts } from './rule-ports';
import { Sides } from './sides';
import { Unit } from './unit';
import { UnitIndex } from './unit-index';
import { UnitSet, UnitSets } from './unit-set';
import { Doubt } from './verdict';
import { World } from './world';

/** Ports that are open to or from a set of pods. */
export interface Entry {
  readonly set: UnitSet;
  readonly doubts: number;
  readonly numbers: PortSet;
  /** Names whose numbers the target says; none where they are known. */
  readonly names: readonly string[];
}

/** All that policies say of one direction of a pod; pods of which they say the same share one. */
export interface Signature {
  readonly entries: readonly Entry[];
}

/** What one policy says in one direction. */
interface Said {
  readonly id: number;
  readonly entries: readonly Entry[];
  /** The named ports in them. */
  readonly names: readonly string[];
}

/** What one policy says; nothing in a direction in which it does not isolate. */
type SaidByPolicy = Readonly<Record<Direction, Said | undefined>>;

/** The signatures of all pods, each made once. */
export class Signatures {
  /** By direction and pod. */
  public readonly of: Readonly<Record<Direction, readonly Signature[]>>;
  /** The pods in the network of their nodes. */
  public readonly onHost: UnitSet;
  public readonly index: UnitIndex;
  private readonly signatures = new Map<string, Signature>();
  private readonly bySaid = new Map<string, Signature>();
  private said = 0;

  constructor(private readonly world: World, private readonly units: readonly Unit[], private readonly sets: UnitSets, sides: Sides) {
    this.index = new UnitIndex(units, sets);
    this.onHost = sets.of(units.flatMap(({ isOnHost }, i) => isOnHost ? [i] : []));
    const selecting = this.policiesOfUnits(sides);
    const [ingress, egress] = DIRECTIONS.map(direction => units.map((unit, i) => this.signature(direction, unit, selecting[i])));
    this.of = { ingress, egress };
  }

  /** The policies that select each pod, with what they say. */
  private policiesOfUnits(sides: Sides): readonly (readonly SaidByPolicy[])[] {
    const selecting: SaidByPolicy[][] = this.units.map(() => []);
    const policies: Policy[][] = this.units.map(() => []);
    for (const namespace of this.world.policedNamespaces) {
      for (const policy of this.world.policiesIn(namespace)) {
        const pods = this.index.select(policy.pods, namespace);
        if (!pods.length) continue;
        const said = { ingress: this.sayings(policy, 'ingress'), egress: this.sayings(policy, 'egress') };
        for (const unit of pods) {
          if (this.units[unit].isOnHost) continue;
          selecting[unit].push(said);
          policies[unit].push(policy);
        }
      }
    }
    this.units.forEach((unit, i) => sides.learn(unit, policies[i]));
    return selecting;
  }

  private sayings(policy: Policy, direction: Direction): Said | undefined {
    const rules = policy[direction];
    if (!rules) return undefined;
    const { verdicts: { ports: table } } = this.world;
    const entries: Entry[] = [];
    for (const { peers, ports: { numbers, names } } of rules) {
      if (!peers) entries.push({ set: this.sets.all, doubts: Doubt.NONE, numbers, names });
      for (const peer of peers ?? []) {
        for (const { set, doubts } of this.index.meantBy(peer, policy.namespace)) entries.push({ set, doubts, numbers, names });
      }
    }
    if (policy.isFlawed) entries.push({ set: this.sets.all, doubts: Doubt.SKIPPED, numbers: table.all, names: [] });
    return { id: this.said++, entries, names: entries.flatMap(its => its.names) };
  }

  private signature(direction: Direction, unit: Unit, selecting: readonly SaidByPolicy[]): Signature {
    const said = selecting.flatMap(its => its[direction] ?? []);
    // The numbers of named ports are the target's own.
    const names = direction === 'ingress' ? said.flatMap(its => its.names) : [];
    const numbers = names.map(name => `${name}=${(unit.ports.get(name) ?? []).join('+')}`);
    const key = `${direction} ${said.map(({ id }) => id).join()} ${numbers.join()}`;
    let signature = this.bySaid.get(key);
    if (!signature) this.bySaid.set(key, signature = this.make(direction, unit, said));
    return signature;
  }

  private make(direction: Direction, unit: Unit, said: readonly Said[]): Signature {
    const { verdicts: { ports: table } } = this.world;
    if (!said.length) return this.kept([{ set: this.sets.all, doubts: Doubt.NONE, numbers: table.all, names: [] }]);
    const resolved = direction === 'ingress';
    const entries = said.flatMap(its => its.entries).map(entry => (
      resolved && entry.names.length ? { ...entry, numbers: resolvePorts(entry, unit.ports, table), names: [] } : entry
    ));
    // The node of a pod always reaches it, and so may who runs in its network.
    if (resolved && this.onHost.size) entries.push({ set: this.onHost, doubts: Doubt.HOST_NETWORK, numbers: table.all, names: [] });
    return this.kept(this.summed(entries));
  }

  /** One entry for each set and doubt. */
  private summed(entries: readonly Entry[]): Entry[] {
    const { verdicts: { ports: table } } = this.world;
    const sums = new Map<string, Entry>();
    for (const entry of entries) {
      if (entry.numbers.isEmpty && !entry.names.length) continue;
      const key = `${entry.set.id}:${entry.doubts}`;
      const sum = sums.get(key);
      if (!sum) {
        sums.set(key, entry);
        continue;
      }
      const names = [...new Set([...sum.names, ...entry.names])].sort();
      sums.set(key, { ...sum, numbers: table.union(sum.numbers, entry.numbers), names });
    }
    return [...sums.values()].sort((a, b) => a.set.id - b.set.id || a.doubts - b.doubts);
  }

  private kept(entries: readonly Entry[]): Signature {
    const key = entries.map(entryKey).join(' ');
    let signature = this.signatures.get(key);
    if (!signature) this.signatures.set(key, signature = { entries });
    return signature;
  }
}

/** Equal entries have equal keys. */
export function entryKey({ set, doubts, numbers, names }: Entry): string {
  return `${set.id}:${doubts}:${numbers.id}:${names.join()}`;
}
