import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { shorten } from '../kube/names';
import { Manifest } from '../kube/pod-spec';
import { plainJson } from '../network/plain-json';
import { defaultOf } from '../posture/posture';
import { writeOtherwise } from '../rules/harden/seam';

/** What a workload tells of its replicas. */
export interface Replicated {
  readonly construct: Construct;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly podLabels: { [key: string]: string };
  /** Asked at each synthesis. */
  several(): boolean;
}

/**
 * Sees to it that a node that is drained takes one replica at a time. `AlwaysAllow` lets go of pods that are
 * not healthy anyway: they would block the drain for ever.
 *
 * The decision falls at synthesis, when the defaults of all scopes and the autoscaler are known; validations
 * are what cdk8s runs before it.
 */
export function budgetDisruptions(workload: Replicated): void {
  const { construct, kind, name, namespace, podLabels } = workload;
  let isMade = false;
  construct.node.addValidation({
    validate: () => {
      if (isMade || !workload.several() || !defaultOf(construct, 'podDisruptionBudget')) return [];
      isMade = true;
      const spec = () => ({ maxUnavailable: 1, selector: { matchLabels: { ...podLabels } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
      const budget = new ApiObject(construct, 'DisruptionBudget', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: shorten(`${kind.toLowerCase()}-${name}`, 253), ...(namespace !== undefined && { namespace }) },
        spec: spec(),
      });
      const toJson = budget.toJson.bind(budget) as () => Manifest;
      writeOtherwise(budget, () => plainJson(budget, spec()) ?? toJson());
      return [];
    },
  });
}
