import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { isRepeatedValidation } from '../posture/synthesis';

/** Built-in kinds that live in a namespace. Of other kinds it is not known here. */
const NAMESPACED = new Set([
  'ConfigMap', 'CronJob', 'DaemonSet', 'Deployment', 'EndpointSlice', 'Endpoints', 'HorizontalPodAutoscaler', 'Ingress', 'Job', 'Lease',
  'LimitRange', 'NetworkPolicy', 'PersistentVolumeClaim', 'Pod', 'PodDisruptionBudget', 'PodTemplate', 'ReplicaSet',
  'ReplicationController', 'ResourceQuota', 'Role', 'RoleBinding', 'Secret', 'Service', 'ServiceAccount', 'StatefulSet',
]);

/**
 * Gives objects that are made under a namespace to it, where neither they nor their chart say another: cdk8s asks the
 * chart for the namespace, not the scope.
 */
export function takeIn(construct: IConstruct, name: string): void {
  for (const { metadata } of namespaced(construct)) {
    // The only place from which all that cdk8s and cdk8s-plus write reads it.
    if (metadata.namespace === undefined) (metadata as { namespace?: string }).namespace = name;
  }
}

/** Takes in what was made, before each synthesis: validations are what cdk8s runs before it writes anything. */
export function takeInBeforeSynthesis(construct: IConstruct, name: string): void {
  construct.node.addValidation({
    validate: () => {
      if (!isRepeatedValidation(construct)) takeIn(construct, name);
      return [];
    },
  });
}

/** Objects that are made under a namespace and would land in another. */
export function strays(construct: IConstruct, name: string): Fault[] {
  return namespaced(construct).filter(({ metadata }) => metadata.namespace !== name).map(({ kind, node, metadata }) => new Fault({
    where: node.path,
    what: `the ${kind} is made under '${construct.node.path}', the namespace '${name}', but would land in the namespace '${metadata.namespace}'`,
    id: 'namespace-mismatch',
    advice: `Leave the namespace of the ${kind} or of its chart out, or make it under a scope of '${metadata.namespace}'.`,
  }));
}

function namespaced(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child) && isNamespaced(child));
}

function isNamespaced({ kind, apiGroup }: ApiObject): boolean {
  return (!apiGroup.includes('.') || apiGroup.endsWith('.k8s.io')) && NAMESPACED.has(kind);
}
