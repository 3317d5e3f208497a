/** Pods by their places in the list of all, ascending. */
export class UnitSet {
  private flags?: Uint8Array;

  public constructor(
    public readonly id: number,
    public readonly members: readonly number[],
  ) {}

  public get size(): number {
    return this.members.length;
  }

  public has(unit: number): boolean {
    if (this.members.length <= 8) return this.members.includes(unit);
    // One look-up in place of a search; a set that is asked at all is asked often.
    const flags = this.flags ??= flagsOf(this.members);
    return unit < flags.length && flags[unit] === 1;
  }
}

const ALL = 'all';

/** Sets of pods, each kept once. */
export class UnitSets {
  /** Every pod. */
  public readonly all: UnitSet;
  private readonly sets = new Map<string, UnitSet>();

  constructor(count: number) {
    this.all = new UnitSet(0, Array.from({ length: count }, (_, i) => i));
    this.sets.set(ALL, this.all);
  }

  public of(members: readonly number[]): UnitSet {
    const key = members.length === this.all.size ? ALL : members.join();
    let set = this.sets.get(key);
    if (!set) this.sets.set(key, set = new UnitSet(this.sets.size, members));
    return set;
  }
}

function flagsOf(members: readonly number[]): Uint8Array {
  const flags = new Uint8Array(members[members.length - 1] + 1);
  for (const member of members) flags[member] = 1;
  return flags;
}
