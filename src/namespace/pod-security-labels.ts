import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { sorted } from '../kube/json';
import { postureOf } from '../posture/posture';

const PREFIX = 'pod-security.kubernetes.io/';

/**
 * Lays the labels of Pod Security on a namespace, at synthesis: the version follows what is decided for the
 * construct tree by then. A pinned version cannot refuse pods after an upgrade; audit and warn show them before.
 */
export function labelPodSecurity(construct: IConstruct, namespace: ApiObject): void {
  const toJson = namespace.toJson.bind(namespace);
  namespace.toJson = () => {
    const json = toJson();
    const labels: { [key: string]: string } = { ...json.metadata.labels };
    for (const [key, value] of Object.entries(podSecurityLabels(postureOf(construct).kubernetesMinor))) {
      if ((labels[key] ?? value) !== value) throw taken(construct, key, labels[key], value);
      labels[key] = value;
    }
    // A namespace lies in no namespace; cdk8s writes that of the chart.
    return { ...json, metadata: sorted({ ...json.metadata, namespace: undefined, labels }) };
  };
}

function podSecurityLabels(kubernetesMinor: number): { [key: string]: string } {
  return {
    [`${PREFIX}enforce`]: 'restricted',
    [`${PREFIX}enforce-version`]: `v1.${kubernetesMinor}`,
    [`${PREFIX}audit`]: 'restricted',
    [`${PREFIX}audit-version`]: 'latest',
    [`${PREFIX}warn`]: 'restricted',
    [`${PREFIX}warn-version`]: 'latest',
  };
}

function taken(construct: IConstruct, key: string, said: string, value: string): Fault {
  return new Fault({
    where: construct.node.path,
    what: `the label '${key}: ${said}' would change what SecureNamespace enforces, '${value}'`,
    id: 'namespace-label-taken',
    advice: key === `${PREFIX}enforce-version`
      ? 'Leave the label out, and say the version of the cluster with SecurityDefaults: { kubernetesVersion }.'
      : 'Leave the label out, or make a plain Namespace of cdk8s-plus for pods that cannot be restricted.',
  });
}
