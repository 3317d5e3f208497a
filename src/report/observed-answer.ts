import { Problem } from '../kube/reading/problem';
import { Ledger, ObservedFlow } from '../reach/observed/ledger';
import { pairsOf, DeniedPair } from '../reach/observed/remedies';
import { Unused, unusedOf } from '../reach/observed/unused';
import { Reach } from '../reach/reach';

/** Everything that `reach --observed` has to say. */
export interface ObservedAnswer {
  readonly problems: readonly Problem[];
  readonly reach: Reach;
  readonly ledger: Ledger;
  readonly flows: readonly ObservedFlow[];
  /** Those that the policies deny, by their ends. */
  readonly denied: readonly DeniedPair[];
  /** Those of which it depends on the network plugin, or on what the manifests do not say. */
  readonly depends: readonly ObservedFlow[];
  /** Those that the policies allow, and that no record shows. */
  readonly unused: readonly Unused[];
}

/** Holds what was observed against the policies. */
export function observedAnswer(reach: Reach, ledger: Ledger, problems: readonly Problem[]): ObservedAnswer {
  const flows = ledger.flows();
  const of = (state: ObservedFlow['state']) => flows.filter(flow => flow.state === state);
  return { problems, reach, ledger, flows, denied: pairsOf(of('denied')), depends: of('depends'), unused: [...unusedOf(reach, flows)] };
}

/** A time as people read it, as far as there is one. */
export function shownTime(time: number | undefined): string | undefined {
  return time === undefined || Math.abs(time) > 8.64e15 ? undefined : new Date(time).toISOString();
}
