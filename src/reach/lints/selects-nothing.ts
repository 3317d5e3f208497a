import { suggestion } from '../../kube/faults';
import { Policy } from '../policy';
import { describeSelector } from '../selector-words';
import { Knowledge } from './knowledge';
import { Lint } from './lint';

/**
 * Policies that are for nobody, although their namespace is in the input: what they were to protect is open, what they
 * were to open is shut. A policy for every pod of a namespace waits for pods; that is no slip.
 */
export function selectsNothing(knowledge: Knowledge): Lint[] {
  return knowledge.policies
    .filter(policy => !policy.pods.selectsEverything && knowledge.isNamespaceKnown(policy.namespace) && !knowledge.selectedBy(policy).length)
    .map(policy => {
      const { namespace, pods } = policy;
      const onHost = knowledge.index.select(pods, namespace).length > 0;
      return {
        id: 'network-policy-selects-nothing',
        policy,
        field: 'spec.podSelector',
        what: onHost
          ? `the selector ${describeSelector(pods)} selects only pods in the network of their nodes, for which no policy counts`
          : `the selector ${describeSelector(pods)} selects no pod in namespace ${namespace}`,
        advice: onHost ? 'Take hostNetwork from the pods, or remove the policy.' : adviceFor(knowledge, policy),
      };
    });
}

function adviceFor(knowledge: Knowledge, { namespace, pods: { requirements } }: Policy): string {
  const labels = knowledge.reach.world.workloadsIn(namespace).flatMap(({ units }) => units.map(unit => unit.labels));
  for (const { key, operator, values } of requirements) {
    if (operator !== 'In') continue;
    const there = new Set(labels.flatMap(its => Object.hasOwn(its, key) ? [its[key]] : []));
    const meant = values.length === 1 && !there.has(values[0]) ? suggestion(values[0], [...there].sort()) : undefined;
    if (meant !== undefined) return `Did you mean '${key}=${meant}'?`;
  }
  return 'Write labels of its pods, or remove the policy.';
}
