import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { sorted } from '../kube/json';
import { LabelSelector, selects } from '../kube/selectors';
import { isRepeatedValidation, isValidatedAgain, watchSynthesis } from '../posture/synthesis';
import { writeLaterChartsAtOnce } from '../synthesis/later-charts';
import { writePlainYaml } from '../synthesis/write-yaml';
import { FlowEnd, describeEnd } from './flow-end';

/** A workload that writes policies. */
export interface Known {
  readonly end: FlowEnd;
  /** Makes the policies that it needs without having been asked for them. */
  settle(): void;
}

/** The workloads of an app, in the order in which they were made. */
const WORKLOADS = new WeakMap<IConstruct, Known[]>();

/** Makes a workload known to its app. Before a synthesis, when everything is known, it is asked to settle. */
export function register(workload: Known): void {
  const { root } = workload.end.construct.node;
  const known = WORKLOADS.get(root);
  if (known) {
    known.push(workload);
    return;
  }
  const all = [workload];
  WORKLOADS.set(root, all);
  watchSynthesis(root);
  writeLaterChartsAtOnce(root);
  writePlainYaml(root);
  root.node.addValidation({
    validate: () => {
      if (isRepeatedValidation(root)) return [];
      all.forEach(each => each.settle());
      return isValidatedAgain(root) ? [] : sharedLabels(all).map(fault => fault.message);
    },
  });
}

/** The faults of workloads whose pods cannot be told apart: a policy for one would be one for the other, too. */
function sharedLabels(all: readonly Known[]): Fault[] {
  const first = new Map<string, FlowEnd>();
  return all.flatMap(({ end }) => {
    const { construct, namespace, podLabels } = end;
    // Whoever applies the manifests may put them into namespaces of their own.
    if (namespace === undefined) return [];
    const key = JSON.stringify([namespace, sorted(podLabels)]);
    const other = first.get(key);
    if (!other) first.set(key, end);
    return other && Object.keys(podLabels).length ? new Fault({
      where: construct.node.path,
      what: `the pods of ${describeEnd(end)} have the same labels as those of ${describeEnd(other)}, so a policy for one would be about both`,
      id: 'selector-shared',
      advice: `Leave the label '${Object.keys(podLabels)[0]}' to the library, which gives each workload one of its own.`,
    }) : [];
  });
}

/** Finds workloads by the labels of their pods, without asking each of them. */
export class WorkloadsByLabel {
  private readonly byLabel = new Map<string, FlowEnd[]>();

  constructor(construct: IConstruct) {
    for (const { end } of WORKLOADS.get(construct.node.root) ?? []) {
      for (const [key, value] of Object.entries(labelsOf(end))) {
        const label = labelKey(end.namespace, key, value);
        const known = this.byLabel.get(label);
        if (known) known.push(end);
        else this.byLabel.set(label, [end]);
      }
    }
  }

  /** The workloads in a namespace whose pods have all the labels; none where no label is named. */
  public find(namespace: string | undefined, labels: NonNullable<LabelSelector['matchLabels']>): FlowEnd[] {
    const lists = Object.entries(labels).map(([key, value]) => this.byLabel.get(labelKey(namespace, key, value)) ?? []);
    // The rarest label leaves the fewest to look at.
    const fewest = lists.sort((a, b) => a.length - b.length)[0] ?? [];
    return fewest.filter(end => selects({ matchLabels: labels }, labelsOf(end)));
  }
}

function labelsOf(end: FlowEnd): FlowEnd['podLabels'] {
  return end.allLabels?.() ?? end.podLabels;
}

function labelKey(namespace: string | undefined, key: string, value: string): string {
  return JSON.stringify([namespace, key, value]);
}
