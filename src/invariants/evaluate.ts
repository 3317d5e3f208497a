import { PortSet } from '../reach/port-set';
import { Reach } from '../reach/reach';
import { Match } from '../reach/selector';
import { Breach, Outcome } from './breach';
import { askedPorts, Invariant } from './invariant';
import { Outsiders } from './outsiders';
import { ANYONE, names, namespaceParty, Party, podsParts } from './party';
import { missing } from './requirement';
import { Restricted } from './restriction';

/** Judges statements by what is in the input. */
export class Evaluator {
  private readonly outsiders: Outsiders;

  constructor(private readonly reach: Reach) {
    this.outsiders = new Outsiders(reach.world);
  }

  /** What came of a statement. A connection that depends is against it, whatever it wants. */
  public evaluate(invariant: Invariant): Outcome {
    const asked = askedPorts(invariant, this.reach.world.verdicts.ports);
    switch (invariant.type) {
      case 'noPath': return this.restricted(invariant.from, [], invariant.to, asked);
      case 'only': return this.restricted(ANYONE, invariant.from, invariant.to, asked);
      case 'none': return this.restricted(ANYONE, [], invariant.to, asked);
      case 'isolatedNamespaces': return this.isolated(invariant.namespaces, asked);
      case 'allowed': {
        const { from, to, port } = invariant;
        const nobody = this.nobody([from, to]);
        if (nobody !== undefined) return { nobody, breaches: [] };
        const { breaches, count } = missing(this.reach, from, to, port && asked);
        return { breaches, isElsewhere: count === 0 };
      }
    }
  }

  private restricted(from: Party, except: readonly Party[], to: Party, asked: PortSet): Outcome {
    const nobody = this.nobody([from, ...except, to]);
    if (nobody !== undefined) return { nobody, breaches: [] };
    const restricted = new Restricted(this.reach, this.outsiders, { from, except, to, asked });
    const isElsewhere = !restricted.targets.length && !restricted.sources.length && !except.length;
    return { breaches: restricted.breaches(), isElsewhere };
  }

  private isolated(namespaces: readonly string[], asked: PortSet): Outcome {
    const absent = namespaces.find(name => !this.reach.world.knownNamespaces.includes(name));
    if (absent !== undefined) return { nobody: `namespace ${absent}`, breaches: [] };
    const breaches = namespaces.flatMap((from, i) => namespaces.flatMap((to, j): readonly Breach[] => (
      i === j ? [] : this.restricted(namespaceParty(from), [], namespaceParty(to), asked).breaches
    )));
    return { breaches };
  }

  /** The first that names no pod of the input, none that could be elsewhere, and no address. */
  private nobody(parties: readonly Party[]): string | undefined {
    return parties.find(party => {
      if (party.parts.some(({ type }) => type === 'addresses' || type === 'controllers')) return false;
      if (this.reach.workloads.some(workload => workload.units.some(unit => names(party, workload, unit) !== Match.NO))) return false;
      return !this.outsiders.exist(podsParts(party));
    })?.title;
  }
}
