import { AddressRange, Family } from '../kube/addresses';
import { Controller, Entrances } from './entrances';
import { OutsideEntry, Stretch, stretches } from './outside';
import { keyOf } from './peer';
import { Direction, Policy } from './policy';
import { PortSet } from './port-set';
import { resolvePorts } from './rule-ports';
import { Side, Sides } from './sides';
import { Unit } from './unit';
import { Doubt, Verdict } from './verdict';
import { Workload } from './workload';
import { World } from './world';

/** Equal entries have equal keys. */
interface KeyedEntry extends OutsideEntry {
  readonly key: string;
}

/** What passes between workloads and what lies outside of the cluster. */
export class Boundary {
  private readonly made = new Map<string, readonly Stretch[]>();
  private readonly joins = new Map<string, readonly Stretch[]>();
  private readonly byWorkload = new Map<Workload, { [side: string]: readonly Stretch[] | undefined }>();
  private readonly byPolicy = new Map<Policy, { readonly [direction in Direction]?: readonly KeyedEntry[] }>();
  private readonly open: readonly KeyedEntry[];

  constructor(private readonly world: World, private readonly sides: Sides, private readonly entrances: Entrances) {
    this.open = [keyed({ ports: world.verdicts.ports.all, doubts: Doubt.NONE })];
  }

  /** IPv4, and IPv6 where a policy or a pod has addresses of it. */
  public get families(): readonly Family[] {
    return this.world.usesSix ? [4, 6] : [4];
  }

  /** What a workload may speak to addresses of a family, or they to it: stretches that cover all of them, each list kept once. */
  public stretches(workload: Workload, direction: Direction, family: Family): readonly Stretch[] {
    let lists = this.byWorkload.get(workload);
    if (!lists) this.byWorkload.set(workload, lists = {});
    return lists[`${direction}${family}`] ??= this.make(workload, direction, family);
  }

  private make({ units }: Workload, direction: Direction, family: Family): readonly Stretch[] {
    const lists = units.map(unit => this.ofUnit(unit, direction, family));
    if (lists.every(list => list === lists[0])) return lists[0];
    const key = units.map(unit => this.keyOf(unit, direction, family)).join('|');
    let joined = this.joins.get(key);
    if (!joined) this.joins.set(key, joined = this.joined(lists, family));
    return joined;
  }

  /** What a controller outside of the input may speak to a workload. */
  public fromController(controller: Controller, { units }: Workload): Verdict {
    const { verdicts } = this.world;
    return units.reduce((sum, unit) => {
      const routed = this.entrances.routed(controller, unit);
      if (routed.isEmpty) return sum;
      const allowed = this.entries(this.sides.side(unit, 'ingress')).reduce((all, { ports, doubts, block }) => (
        verdicts.either(all, verdicts.rule(ports, block ? doubts | Doubt.UNKNOWN_LABELS : doubts))
      ), this.byLabels(this.sides.side(unit, 'ingress')));
      return verdicts.either(sum, verdicts.both(allowed, verdicts.rule(routed, Doubt.NONE)));
    }, verdicts.none);
  }

  /** What rules about pods allow to a pod of which nothing is known. */
  private byLabels({ unit, direction, policies }: Side): Verdict {
    const { verdicts } = this.world;
    return policies.flatMap(policy => policy[direction]!)
      .filter(({ peers }) => peers?.some(({ type }) => type === 'pods'))
      .map(({ ports }) => verdicts.rule(resolvePorts(ports, unit.ports, verdicts.ports), Doubt.UNKNOWN_LABELS))
      .reduce((sum, verdict) => verdicts.either(sum, verdict), verdicts.none);
  }

  private ofUnit(unit: Unit, direction: Direction, family: Family): readonly Stretch[] {
    const key = this.keyOf(unit, direction, family);
    let list = this.made.get(key);
    if (!list) {
      const entries = this.entries(this.sides.side(unit, direction));
      list = stretches(entries, family, this.world.verdicts);
      const translated = this.translated(unit, direction);
      if (!translated.isEmpty) list = this.translate(list, entries, translated);
      this.made.set(key, list);
    }
    return list;
  }

  /** Units of which the same is said have the same key. */
  private keyOf(unit: Unit, direction: Direction, family: Family): string {
    const said = new Set(this.entries(this.sides.side(unit, direction)).map(({ key }) => key));
    return `${family} ${this.translated(unit, direction).id} ${[...said].sort().join(' ')}`;
  }

  private entries({ unit, direction, policies }: Side): readonly KeyedEntry[] {
    if (!policies.length) return this.open;
    return policies.flatMap(policy => {
      const { [direction]: known } = this.byPolicy.get(policy) ?? {};
      if (known) return known;
      const entries = this.entriesOf(policy, direction, unit);
      // The numbers of named ports are the pod's own.
      if (direction === 'egress' || !policy.ingress!.some(({ ports }) => ports.names.length)) this.byPolicy.set(policy, { ...this.byPolicy.get(policy), [direction]: entries });
      return entries;
    });
  }

  private entriesOf(policy: Policy, direction: Direction, unit: Unit): readonly KeyedEntry[] {
    const { verdicts: { ports: table } } = this.world;
    const entries = policy[direction]!.flatMap<OutsideEntry>(({ peers, ports: its }) => {
      const blocks = peers?.filter(peer => peer.type === 'block');
      if (blocks && !blocks.length) return [];
      // Nobody knows what an address outside calls its ports.
      const ports = direction === 'egress' ? its.numbers : resolvePorts(its, unit.ports, table);
      if (ports.isEmpty) return [];
      return blocks ? blocks.map(block => ({ block, ports, doubts: Doubt.NONE })) : [{ ports, doubts: Doubt.NONE }];
    });
    if (policy.isFlawed) entries.push({ ports: table.all, doubts: Doubt.SKIPPED });
    return entries.map(keyed);
  }

  private translated(unit: Unit, direction: Direction): PortSet {
    const { verdicts: { ports } } = this.world;
    return direction === 'ingress' && this.sides.side(unit, direction).policies.length ? this.entrances.translated(unit) : ports.none;
  }

  /** Who comes through a node may come with its address: what was allowed to an address may be denied, and the other way round. */
  private translate(list: readonly Stretch[], entries: readonly OutsideEntry[], translated: PortSet): readonly Stretch[] {
    const { verdicts, verdicts: { ports } } = this.world;
    const anybody = entries.reduce((sum, its) => its.block || its.doubts ? sum : ports.union(sum, its.ports), ports.none);
    return this.together(list.map(({ range, verdict: { sure, maybe, doubts } }) => ({
      range,
      verdict: verdicts.of(ports.rest(sure, ports.rest(translated, anybody)), ports.union(maybe, translated), doubts | Doubt.TRANSLATED),
    })));
  }

  private joined(lists: readonly (readonly Stretch[])[], family: Family): readonly Stretch[] {
    const { verdicts } = this.world;
    const starts = [...new Set(lists.flatMap(list => list.map(({ range }) => range.first)))].sort((a, b) => a < b ? -1 : 1);
    const { last } = lists[0][lists[0].length - 1].range;
    return this.together(starts.map((first, i) => ({
      range: { family, first, last: i + 1 < starts.length ? starts[i + 1] - 1n : last },
      verdict: lists.map(list => list.find(({ range }) => range.first <= first && first <= range.last)!.verdict)
        .reduce((sum, verdict) => verdicts.either(sum, verdict), verdicts.none),
    })));
  }

  /** Neighbours of which the same is said become one. */
  private together(list: readonly Stretch[]): Stretch[] {
    const done: { range: AddressRange; verdict: Verdict }[] = [];
    for (const { range, verdict } of list) {
      const before = done[done.length - 1];
      if (before?.verdict === verdict) before.range = { ...range, first: before.range.first };
      else done.push({ range, verdict });
    }
    return done;
  }
}

function keyed(entry: OutsideEntry): KeyedEntry {
  const { block, ports, doubts } = entry;
  return { ...entry, key: `${block ? keyOf(block, '') : ''}:${ports.id}:${doubts}` };
}
