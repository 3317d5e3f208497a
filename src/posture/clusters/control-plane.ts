import { checkCidr, isWithin } from '../../kube/cidr';
import type { ClusterProfileProps } from '../cluster-props';

/** Lays what was said over what a ready profile says. */
export type ReadyCluster = (props: ClusterProfileProps) => ClusterProfileProps;

/**
 * A control plane on nodes of the cluster, in the network of these nodes: the API server listens on their
 * addresses, and calls webhooks from them.
 */
export function onNodes(ready: ClusterProfileProps, props: ClusterProfileProps): ClusterProfileProps {
  const cidrs = props.apiServer?.cidrs ?? props.nodeCidrs;
  const where = `cluster profile ${props.title ?? ready.title}`;
  const nodes = (props.nodeCidrs ?? []).map(cidr => checkCidr(where, cidr));
  const others = (props.apiServer?.cidrs ?? []).map(cidr => checkCidr(where, cidr)).filter(cidr => !nodes.some(range => isWithin(cidr, range)));
  return {
    ...ready,
    // kubeadm, kind, k3s and OpenShift alike: 6443.
    ...(cidrs && { webhookCallers: [{ title: 'the API server', cidrs }] }),
    ...props,
    ...(cidrs && { nodeCidrs: [...nodes, ...others], apiServer: { port: 6443, ...props.apiServer, cidrs } }),
  };
}

/** A control plane that the provider manages, outside of the cluster: its address has to be said, its port is 443. */
export function managed(ready: ClusterProfileProps, props: ClusterProfileProps): ClusterProfileProps {
  return { ...ready, ...props };
}
