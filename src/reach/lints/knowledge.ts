import { NAMESPACE_NAME_LABEL } from '../../kube/peers';
import { RulePeer } from '../peer';
import { Direction, Policy, Rule } from '../policy';
import { Reach } from '../reach';
import { Unit } from '../unit';
import { UnitIndex } from '../unit-index';

/** What the input says for certain about whom policies mean: what it does not hold is unknown, not absent. */
export class Knowledge {
  public readonly index: UnitIndex;
  public readonly units: readonly Unit[];
  /** All policies that could be read whole. */
  public readonly policies: readonly Policy[];
  public readonly byNamespace: ReadonlyMap<string, readonly Policy[]>;
  private readonly known = new Map<string, boolean>();

  constructor(public readonly reach: Reach) {
    const { world, matrix } = reach;
    this.index = matrix.signatures.index;
    this.units = matrix.units;
    this.byNamespace = new Map(world.policedNamespaces.map(name => [name, world.policiesIn(name).filter(({ isFlawed }) => !isFlawed)]));
    this.policies = [...this.byNamespace.values()].flat();
  }

  /** The namespace itself, or something that runs in it, is in the input. */
  public isNamespaceKnown(name: string): boolean {
    let known = this.known.get(name);
    if (known === undefined) {
      const { world } = this.reach;
      this.known.set(name, known = world.namespace(name).isKnown || world.workloadsIn(name).length > 0);
    }
    return known;
  }

  /** The pods for which the rules of a policy count, by their places. */
  public selectedBy({ pods, namespace }: Policy): readonly number[] {
    const selected = this.index.select(pods, namespace);
    return selected.some(unit => this.units[unit].isOnHost) ? selected.filter(unit => !this.units[unit].isOnHost) : selected;
  }

  /** The pods of the input that a peer is about, surely or perhaps. */
  public meantBy(peer: RulePeer, { namespace }: Policy): readonly number[] {
    const sets = this.index.meantBy(peer, namespace);
    return sets.length === 1 ? sets[0].set.members : sets.flatMap(({ set }) => set.members);
  }

  /** All namespaces that a peer can be about are in the input: it names them, or means its own. */
  public isWhole(peer: RulePeer, { namespace }: Policy): boolean {
    if (peer.type === 'block') return false;
    if (!peer.namespaces) return this.isNamespaceKnown(namespace);
    const names = peer.namespaces.requirements.find(({ key, operator }) => key === NAMESPACE_NAME_LABEL && operator === 'In');
    return names !== undefined && names.values.every(name => this.isNamespaceKnown(name));
  }
}

/** The field of a peer in its rule. */
export function peerField({ field }: Rule, direction: Direction, place: number): string {
  return `${field}.${direction === 'ingress' ? 'from' : 'to'}[${place}]`;
}
