import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';

/** Built-in kinds that live in a namespace. Of other kinds it is not known here. */
const NAMESPACED = new Set([
  'ConfigMap', 'CronJob', 'DaemonSet', 'Deployment', 'EndpointSlice', 'Endpoints', 'HorizontalPodAutoscaler', 'Ingress', 'Job', 'Lease',
  'LimitRange', 'NetworkPolicy', 'PersistentVolumeClaim', 'Pod', 'PodDisruptionBudget', 'PodTemplate', 'ReplicaSet',
  'ReplicationController', 'ResourceQuota', 'Role', 'RoleBinding', 'Secret', 'Service', 'ServiceAccount', 'StatefulSet',
]);

/**
 * Refuses, at synthesis, objects that are made under a namespace but would land in another: cdk8s asks the
 * chart for the namespace, not the scope.
 */
export function refuseStrays(construct: IConstruct, namespace: ApiObject): void {
  const toJson = namespace.toJson.bind(namespace);
  namespace.toJson = () => {
    for (const child of construct.node.findAll()) {
      if (ApiObject.isApiObject(child)) refuseStray(child, construct, namespace.name);
    }
    return toJson();
  };
}

function refuseStray(object: ApiObject, construct: IConstruct, name: string): void {
  const { kind, apiGroup, metadata: { namespace } } = object;
  const isBuiltIn = !apiGroup.includes('.') || apiGroup.endsWith('.k8s.io');
  if (namespace === name || !isBuiltIn || !NAMESPACED.has(kind)) return;
  throw new Fault({
    where: object.node.path,
    what: `the ${kind} is made under '${construct.node.path}', the namespace '${name}', but ${namespace === undefined ? 'says no namespace' : `would land in the namespace '${namespace}'`}`,
    id: 'namespace-mismatch',
    advice: `Say metadata: { namespace: '${name}' }, or say it once on the chart: { namespace: '${name}' }.`,
  });
}
