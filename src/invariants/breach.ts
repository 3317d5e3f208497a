import { AddressRange } from '../kube/addresses';
import { PortSet } from '../reach/port-set';
import { Side } from '../reach/sides';
import { Unit } from '../reach/unit';
import { Verdict } from '../reach/verdict';
import { Workload } from '../reach/workload';

/** One end of a connection: pods of a workload, pods that the manifests do not hold, addresses outside, or a controller there. */
export type BreachEnd =
  | { readonly type: 'workload'; readonly workload: Workload; readonly unit: Unit }
  | { readonly type: 'outsider'; readonly unit: Unit }
  | { readonly type: 'addresses'; readonly ranges: readonly AddressRange[] }
  | { readonly type: 'controller'; readonly id: string };

/** A connection that a statement forbids and the policies allow, or may allow; or one that it wants and they may deny. */
export interface Breach {
  readonly from: BreachEnd;
  readonly to: BreachEnd;
  readonly verdict: Verdict;
  /** Those that are against the statement. */
  readonly ports: PortSet;
  /** The ends that policies count for. */
  readonly sides: readonly Side[];
}

/** What came of a statement. */
export interface Outcome {
  /** A party that names nobody, so that the statement would hold whatever the policies say. */
  readonly nobody?: string;
  /** Neither end is in the manifests, so that nothing decides. */
  readonly isElsewhere?: boolean;
  readonly breaches: readonly Breach[];
}
