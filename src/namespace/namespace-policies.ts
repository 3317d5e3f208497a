import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PREFIX, waiverAnnotation } from '../kube/annotations';
import { checkEnforced, markPolicy } from '../network/enforcement';
import { Flow } from '../network/flow';
import { dnsFlows, policyObject } from '../network/flow-policy';
import { policyData } from '../network/policy-data';
import { resolvePeer } from '../network/resolve-peer';
import { clusterOf } from '../posture/posture';
import { AdoptionStage } from './adoption-stage';

/** The names of the policies that are about a namespace as a whole. */
export const OF_THE_NAMESPACE = { DENY: 'default-deny', DNS: 'allow-dns', IN_CLUSTER: 'allow-in-cluster' } as const;

/**
 * The policy that shuts every pod of a namespace. Until the last stage the same object leaves everything open:
 * policies add up, so those of the workloads do not bind under it, on any network plugin; and nothing has to be
 * deleted when the stage changes.
 */
export function defaultDeny(scope: Construct, namespace: string, stage: AdoptionStage): void {
  const binds = stage === AdoptionStage.ENFORCE;
  const object = new ApiObject(scope, 'DefaultDeny', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: OF_THE_NAMESPACE.DENY,
      namespace,
      ...(!binds && { annotations: notYet(scope, stage) }),
    },
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ...(!binds && { ingress: [{}], egress: [{}] }),
    },
  });
  markPolicy(object);
  const toJson = object.toJson.bind(object);
  object.toJson = () => {
    checkEnforced(object);
    return toJson();
  };
}

/** Whoever has set the stage answers for it: rules know its policy by name, and would call it a denial that allows. */
function notYet({ node }: Construct, stage: AdoptionStage): { readonly [key: string]: string } {
  return {
    [`${PREFIX}why`]: `nothing is shut yet: the adoption of this namespace is at the stage '${stage}'`,
    [waiverAnnotation('network-deny-allows')]: JSON.stringify({
      reason: `the adoption of the namespace is at the stage '${stage}', which shuts nothing yet`, owner: node.path,
    }),
  };
}

/** Lets every pod of a namespace ask the DNS servers of the cluster. */
export function allowDns(scope: Construct, namespace: string): void {
  allow(scope, 'AllowDns', OF_THE_NAMESPACE.DNS, namespace, () => dnsFlows(scope));
}

/**
 * Lets every pod of a namespace connect to every pod of the cluster, and to the addresses of nodes and Services as far
 * as the cluster's profile knows them: selectors do not match these.
 */
export function allowInCluster(scope: Construct, namespace: string): void {
  const place = { where: scope.node.path, describe: () => `the flow from the namespace '${namespace}' to the inside of the cluster`, direction: 'egress' } as const;
  allow(scope, 'AllowInCluster', OF_THE_NAMESPACE.IN_CLUSTER, namespace, () => (
    resolvePeer({ type: 'clusterInternal' }, clusterOf(scope), place).map(({ peer }) => ({
      // By its addresses, not by what they are together.
      peer: peer.type === 'cidr' ? { ...peer, title: undefined } : peer,
      why: 'egress is open inside of the cluster',
    }))
  ));
}

function allow(scope: Construct, id: string, name: string, namespace: string, flows: () => readonly Flow[]): void {
  policyObject(scope, id, { name, namespace }, () => policyData({ namespace, pods: 'every' }, 'egress', flows()));
}
