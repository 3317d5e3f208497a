import { Dice, randomLabels } from '../../reach/random-cluster';
import { flow, foreign } from './draw';
import { FlowSet } from './plan';
import { wordsOf } from './words';

/** One policy or flow fewer, one other, one more. */
export function editPolicies(set: FlowSet, salt: number): FlowSet {
  const dice = new Dice(set.seed + 0x10000 * (2 * salt + 1));
  const words = wordsOf(set.spaces.map(({ name }) => name), set.knowsAddresses);
  const flows = [...set.flows];
  const policies = [...set.policies];
  if (dice.chance(0.5) && policies.length) policies.splice(dice.below(policies.length), 1); else flows.splice(dice.below(flows.length), 1);
  if (dice.chance(0.5) && policies.length) {
    const place = dice.below(policies.length);
    const { metadata: { name, namespace } } = policies[place];
    policies[place] = { ...foreign(dice, words, name, set.knowsAddresses), metadata: { name, namespace } };
  } else {
    flows.splice(dice.below(flows.length), 1, flow(dice, set));
  }
  if (dice.chance(0.5)) policies.push(foreign(dice, words, 'added', set.knowsAddresses)); else flows.push(flow(dice, set));
  return { ...set, flows, policies };
}

/** Other labels of a workload's pods, of a pod by itself, and of a namespace. */
export function editLabels(set: FlowSet, salt: number): FlowSet {
  const dice = new Dice(set.seed + 0x10000 * (2 * salt + 2));
  const words = wordsOf([], false);
  const [workload, guest, space] = [set.workloads, set.guests, set.spaces].map(({ length }) => dice.below(length));
  return {
    ...set,
    workloads: set.workloads.map((its, i) => i === workload ? { ...its, labels: randomLabels(words, dice) } : its),
    guests: set.guests.map((its, i) => i === guest ? { ...its, labels: randomLabels(words, dice) } : its),
    spaces: set.spaces.map((its, i) => i === space ? { ...its, labels: its.labels.team === 'x' ? { team: 'y' } : { team: 'x' } } : its),
  };
}
