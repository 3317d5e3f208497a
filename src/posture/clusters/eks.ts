import { NetworkPlugin } from '../network-plugin';
import { ReadyCluster, managed } from './control-plane';

/**
 * Pods and nodes have addresses of the VPC, and Services lie in 10.100.0.0/16 or 172.20.0.0/16, whichever the VPC
 * leaves free: all of that has to be said. Policies: docs.aws.amazon.com, Limit Pod traffic with Kubernetes network
 * policies: only where they are switched on in the VPC CNI.
 *
 * The API server reaches pods, and is reached where its endpoint is private, at the network interfaces that it keeps
 * in the cluster's subnets: docs.aws.amazon.com, EKS networking requirements. A load balancer with targets of type ip
 * comes from its own subnets, which differ. Pod Identity: docs.aws.amazon.com, EKS Pod Identity considerations.
 */
export const eks: ReadyCluster = props => managed({
  title: 'EKS',
  networkPlugin: NetworkPlugin.AWS_VPC_CNI,
  ...(props.apiServer && { webhookCallers: [{ title: 'the API server', cidrs: props.apiServer.cidrs }] }),
  workloadIdentity: [{ title: 'the agent of EKS Pod Identity', cidrs: ['169.254.170.23/32', 'fd00:ec2::23/128'], tcpPorts: [80] }],
}, props);
