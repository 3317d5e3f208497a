import { ComputedNetwork } from './computed';
import { editLabels, editPolicies } from './edits';
import { FlowSet } from './plan';
import { questionOf } from './question';

/** What is done to a set, one after the other: nothing yet; policies are removed, changed and added; labels of pods and namespaces change. */
export const STATES = ['as written', 'after edits of policies', 'after edits of labels'] as const;
/** Not every edit changes who reaches whom. */
const TRIES = 6;

/** The states that a set goes through: each edit changes who reaches whom, if one of a few that are drawn does. */
export function statesOf(set: FlowSet): FlowSet[] {
  const second = effective(set, editPolicies);
  return [set, second, effective(second, editLabels)];
}

function effective(set: FlowSet, edit: (set: FlowSet, salt: number) => FlowSet): FlowSet {
  const before = networkOf(set);
  for (let salt = 0; ; salt++) {
    const edited = edit(set, salt);
    if (salt === TRIES - 1 || networkOf(edited) !== before) return edited;
  }
}

function networkOf(set: FlowSet): string {
  const { manifests, pods, cells } = questionOf(set);
  const network = new ComputedNetwork(manifests, pods);
  return cells.map(cell => network.at(cell)).join();
}
