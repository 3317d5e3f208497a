import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PREFIX } from '../kube/annotations';
import { AdoptionStage } from './adoption-stage';

/**
 * The policy that shuts every pod of a namespace. Until the last stage the same object leaves everything open:
 * policies add up, so those of the workloads do not bind under it, on any network plugin; and nothing has to be
 * deleted when the stage changes.
 */
export function defaultDeny(scope: Construct, namespace: string, stage: AdoptionStage): void {
  const binds = stage === AdoptionStage.ENFORCE;
  new ApiObject(scope, 'DefaultDeny', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: 'default-deny',
      namespace,
      ...(!binds && { annotations: { [`${PREFIX}why`]: `nothing is shut yet: the adoption of this namespace is at the stage '${stage}'` } }),
    },
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ...(!binds && { ingress: [{}], egress: [{}] }),
    },
  });
}
