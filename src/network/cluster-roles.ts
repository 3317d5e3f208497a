import { Fault } from '../kube/faults';
import { ClusterPeer, ClusterRole, describePeer } from '../kube/peers';
import type { ClusterEndpoint } from '../posture/cluster-endpoint';
import type { ClusterFacts } from '../posture/cluster-facts';
import { KUBE_DNS } from '../posture/resolve-cluster';

/** How each role is said in a profile, and what to do where it is not. */
interface RoleTexts {
  /** The id of the fault where it is unknown. */
  readonly id: string;
  /** The property of the profile, as it is written. */
  readonly say: string;
  /** How to learn it, or how to do without. */
  readonly hint: string;
  /** The switch of `derivedFlows`, where flows with it are derived. */
  readonly derived?: string;
}

const ENDPOINT = "[{ title: '…', namespaceName: '…', podLabels: {…} }], or with cidrs: ['…'] in place of pods";

const ROLES: Readonly<Record<Exclude<ClusterRole, 'dns'>, RoleTexts>> = {
  apiServer: {
    id: 'api-server-unknown',
    say: "apiServer: { cidrs: ['…'] }",
    hint: 'where `kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes` shows the addresses',
    derived: 'apiServer',
  },
  ingressControllers: { id: 'ingress-controller-unknown', say: `ingressControllers: ${ENDPOINT}`, hint: 'for a load balancer outside of the cluster', derived: 'ingressController' },
  scrapers: { id: 'scrapers-unknown', say: `scrapers: ${ENDPOINT}`, hint: 'for scrapers on the network of their nodes', derived: 'prometheus' },
  webhookCallers: { id: 'webhook-callers-unknown', say: `webhookCallers: ${ENDPOINT}`, hint: 'for an API server that connects to pods by itself', derived: 'webhookCallers' },
  workloadIdentity: { id: 'workload-identity-unknown', say: "workloadIdentity: [{ title: '…', cidrs: ['…'], tcpPorts: [80] }]", hint: 'or, where the cloud is asked by name, connect to Peer.internet() on port 443' },
};

/** Roles whose own ports are meant where no others are said. */
const WITH_PORTS: readonly ClusterRole[] = ['dns', 'apiServer', 'workloadIdentity'];

/** Tells whether the cluster knows the ports of a peer. */
export function knowsPorts({ role }: ClusterPeer): boolean {
  return WITH_PORTS.includes(role);
}

/**
 * Whoever plays a role in the cluster; undefined where that is not known, as where none of the ingress controllers that
 * are known serves a class. An empty list is known to be empty.
 */
export function endpointsOf({ role, ingressClassName }: ClusterPeer, cluster: ClusterFacts | undefined): readonly ClusterEndpoint[] | undefined {
  if (role === 'dns') return cluster?.dns ?? [KUBE_DNS];
  if (role !== 'ingressControllers' || ingressClassName === undefined) return cluster?.[role];
  const controllers = cluster?.ingressControllers;
  const serving = controllers?.filter(({ ingressClassNames }) => !ingressClassNames || ingressClassNames.includes(ingressClassName));
  return serving?.length || !controllers?.length ? serving : undefined;
}

/** The fault of a flow with what is not known; it never opens to everybody instead. */
export function unknownPeer(where: string, flow: string, peer: ClusterPeer, cluster: ClusterFacts | undefined): Fault {
  const { id, say, hint, derived } = ROLES[peer.role as Exclude<ClusterRole, 'dns'>];
  const title = describePeer(peer);
  const byHand = `name the peer yourself, Peer.cidr(…) or Peer.pods(…)${derived ? `; or, where the flow was not asked for, switch it off: derivedFlows: { ${derived}: false }` : ''}`;
  return new Fault(cluster === undefined ? {
    where,
    what: `${flow} cannot be written, since no cluster profile says where to find ${title}`,
    id: 'cluster-unknown',
    advice: `Say for the whole app which cluster it is: SecurityDefaults.of(app).set({ cluster: ClusterProfile.kind({ ${say} }) }). Or ${byHand}.`,
  } : {
    where,
    what: `${flow} cannot be written, since the profile of ${cluster.title} does not say where to find ${title}`,
    id,
    advice: `Say it there: { ${say} }, ${hint}. Or ${byHand}.`,
  });
}
