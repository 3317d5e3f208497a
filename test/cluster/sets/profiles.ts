import { ClusterProfile } from '../../../src/posture/cluster-profile';
import { ClusterProfileProps } from '../../../src/posture/cluster-props';

/** What the lab has, or what outside of it may stand for. Pods lie in the lab's own range; nobody answers in that of its Services. */
const LAB: ClusterProfileProps = {
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.66.0.0/16'],
  nodeCidrs: ['192.0.2.0/24'],
  apiServer: { cidrs: ['198.51.100.7/32'], port: 8080 },
};

/** The roles that some of them bring themselves, and others do not. */
const ROLES: ClusterProfileProps = {
  scrapers: [{ title: 'Prometheus', namespaceLabels: { team: 'x' }, podLabels: { tier: 'x' } }],
  ingressControllers: [{ title: 'the controller', namespaceLabels: { team: 'y' } }, { title: 'the balancer', cidrs: ['203.0.113.0/24', '2600::/16'] }],
  webhookCallers: [{ title: 'the API server', cidrs: ['198.51.100.0/24'] }],
  workloadIdentity: [{ title: 'the agent', cidrs: ['169.254.169.254/32'], tcpPorts: [80] }],
};

/** Each of the ready ones, in the lab. */
export function profileOf(number: number): ClusterProfile {
  const props = { ...LAB, ...ROLES };
  return [
    () => ClusterProfile.of(props),
    () => ClusterProfile.of({ ...props, nodeLocalDns: true }),
    () => ClusterProfile.kubeadm(props),
    () => ClusterProfile.kind(props),
    () => ClusterProfile.k3s(props),
    () => ClusterProfile.gkeDataplaneV2({ ...props, workloadIdentity: undefined }),
    () => ClusterProfile.eks({ ...props, webhookCallers: undefined }),
    () => ClusterProfile.openShift({ ...props, ingressControllers: undefined }),
  ][number]();
}
