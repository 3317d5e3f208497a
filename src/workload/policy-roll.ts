import type { AbstractPod } from 'cdk8s-plus-27';
import { PREFIX } from '../kube/annotations';
import type { PodPart } from '../kube/kinds';
import { policyHash } from '../network/policy-hash';

/** The annotation of the pods that changes when their policies do. */
const POLICIES = `${PREFIX}policies`;

/**
 * What Deployments and DaemonSets can do about connections that are open when a policy changes: a Job's pods cannot be
 * changed, and a StatefulSet is a database more often than not.
 */
export interface PolicyRollOptions {
  /**
   * Whether the pods are replaced whenever this app's policies for them change. A policy is about new connections: on
   * most network plugins those that are open stay open until they end.
   *
   * @default false
   */
  readonly rollOnPolicyChange?: boolean;
}

/** Writes on the pods what the policies for them say, as a digest. */
export function rollOnPolicyChange(pod: AbstractPod, { meta }: PodPart): void {
  const hash = policyHash(pod, pod.metadata.namespace, meta.labels ?? {});
  meta.annotations = { ...meta.annotations, [POLICIES]: hash };
}
