import { Json } from '../../kube/json';
import { DNS_LABELS, DNS_NAMESPACE, NAMESPACE_NAME_LABEL } from '../../kube/peers';
import { podTemplates } from '../pod-templates';
import { Policy, Rule } from '../policy';
import { Protocol } from '../port-set';
import { Match } from '../selector';
import { Workload } from '../workload';
import { Knowledge } from './knowledge';
import { Lint } from './lint';

/** What pods of the cluster's DNS listen on: OpenShift's on the second. */
const DNS_PORTS = [53, 5353];
/** Names of it that are in use; what a container calls its port is only known where it is in the input. */
const DNS_PORT_NAMES = ['dns', 'dns-udp'];
const DNS_PROTOCOL: Protocol = 'UDP';
/** Where the cluster's DNS runs: that of most, and that of OpenShift. */
const DNS_PLACES = [
  { namespace: DNS_NAMESPACE, labels: DNS_LABELS },
  { namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
];
/** How many workloads are named. */
const MOST_NAMED = 3;

/**
 * Pods under egress policies of which none lets them ask the DNS: they find nobody by name. One for each policy, with the
 * workloads. Pods that do not ask the cluster's DNS (`dnsPolicy: None`) are left out; to any address that a rule names there
 * may be a DNS server.
 */
export function dnsBlocked(knowledge: Knowledge): Lint[] {
  const { reach: { workloads, sides } } = knowledge;
  const byPolicy = new Map<Policy, Workload[]>();
  const opening = new Map<Policy, boolean>();
  for (const workload of workloads) {
    if (!asksCluster(workload)) continue;
    const blocked = workload.units.map(unit => sides.side(unit, 'egress').policies).find(policies => policies.length > 0 && !policies.some(policy => {
      let opens = opening.get(policy);
      if (opens === undefined) opening.set(policy, opens = policy.isFlawed || policy.egress!.some(rule => opensDns(rule, policy)));
      return opens;
    }));
    if (!blocked) continue;
    // The policy that is most about it is the one to mend.
    const [policy] = [...blocked].sort((a, b) => b.egress!.length - a.egress!.length || b.pods.requirements.length - a.pods.requirements.length);
    const its = byPolicy.get(policy);
    if (its) its.push(workload); else byPolicy.set(policy, [workload]);
  }
  return [...byPolicy].map(([policy, its]) => lint(policy, its));
}

function lint(policy: Policy, workloads: readonly Workload[]): Lint {
  const named = workloads.slice(0, MOST_NAMED).map(({ id }) => id).join(', ');
  const more = workloads.length > MOST_NAMED ? ` and ${workloads.length - MOST_NAMED} more` : '';
  return {
    id: 'network-dns-blocked',
    policy,
    field: 'spec.egress',
    what: `no egress rule lets ${named}${more} ask the DNS of the cluster, so that no name resolves`,
    advice: `Let out UDP and TCP 53 to pods with k8s-app=kube-dns in namespace ${DNS_NAMESPACE}; waive it for pods that need no names.`,
  };
}

function opensDns({ peers, ports }: Rule, { namespace }: Policy): boolean {
  const isNumber = DNS_PORTS.some(port => ports.numbers.has(DNS_PROTOCOL, port));
  const isName = DNS_PORT_NAMES.some(name => ports.names.includes(`${DNS_PROTOCOL}/${name}`));
  return (isNumber || isName) && (peers?.some(peer => {
    if (peer.type === 'block') return true;
    return DNS_PLACES.some(place => {
      const inPlace = peer.namespaces
        ? peer.namespaces.match({ [NAMESPACE_NAME_LABEL]: place.namespace }, false) !== Match.NO
        : namespace === place.namespace;
      return inPlace && peer.pods.match(place.labels, false) !== Match.NO;
    });
  }) ?? true);
}

/** What says its own DNS servers may ask anybody: which, it says itself. */
function asksCluster({ source: { manifest } }: Workload): boolean {
  return podTemplates(manifest).every(({ spec }: { readonly spec: { readonly [key: string]: Json | undefined } }) => spec.dnsPolicy !== 'None');
}
