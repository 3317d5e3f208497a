import { AddressRange } from '../kube/addresses';
import { Reach } from '../reach/reach';
import { Match } from '../reach/selector';
import { Verdict } from '../reach/verdict';
import { Workload } from '../reach/workload';
import { BreachEnd } from './breach';
import { common, names, Party } from './party';

/** Pods that are in the input. */
export type Pods = Extract<BreachEnd, { type: 'workload' }>;

/** The pods of the input that a party names, or may name. */
export function podsOf({ workloads }: Reach, party: Party): Pods[] {
  return workloads.flatMap(workload => workload.units.filter(unit => names(party, workload, unit) !== Match.NO)
    .map((unit): Pods => ({ type: 'workload', workload, unit })));
}

/** What is said of addresses is said of a workload, whichever of its pods it is. */
export function oneEach(pods: readonly Pods[]): Iterable<Pods> {
  return new Map(pods.map(one => [one.workload, one])).values();
}

/** What a workload may speak to addresses, or they to it: the addresses by what is said of them. */
export function stretches({ boundary }: Reach, workload: Workload, direction: 'ingress' | 'egress', ranges: readonly AddressRange[]): Map<Verdict, AddressRange[]> {
  const result = new Map<Verdict, AddressRange[]>();
  for (const range of ranges) {
    for (const { range: stretch, verdict } of boundary.stretches(workload, direction, range.family)) {
      const part = common(stretch, range);
      if (part) result.set(verdict, [...result.get(verdict) ?? [], part]);
    }
  }
  return result;
}
