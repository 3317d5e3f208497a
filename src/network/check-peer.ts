import { checkCidr, isStrictlyWithin } from '../kube/cidr';
import { Fault } from '../kube/faults';
import { checkDnsLabel } from '../kube/names';
import { CidrPeer, PeerData, PodsPeer, describePeer } from '../kube/peers';
import { checkExpression, checkLabels, selectsEverything } from '../kube/selectors';

/** Refuses a peer that Kubernetes would refuse, or that would select more than was meant. */
export function checkPeer(where: string, peer: PeerData): PeerData {
  switch (peer.type) {
    case 'namespace':
      if (typeof peer.name === 'string') checkDnsLabel(where, 'a namespace', peer.name);
      return peer;
    case 'pods': return checkPods(where, peer);
    case 'cidr': return checkRange(where, peer);
    default: return peer;
  }
}

/** Refuses who only ever is a target: as a source it would let in others, or nobody. */
export function checkSource(where: string, peer: PeerData): void {
  const advice = peer.type === 'internet' ? 'Balancers and nodes put their own address in the place of the client\'s: let in Peer.anyone(), or whoever hands the requests on, such as Peer.ingressController().'
    : peer.type === 'cluster' && peer.role === 'apiServer' ? 'Webhooks and aggregated APIs are called from Peer.webhookCallers().'
      : peer.type === 'cluster' && peer.role === 'workloadIdentity' ? 'It answers pods and asks none: leave it out.' : undefined;
  if (advice === undefined) return;
  throw new Fault({ where, what: `${describePeer(peer)} is a target, and cannot be let in as a source`, id: 'peer-no-source', advice });
}

function checkPods(where: string, peer: PodsPeer): PodsPeer {
  const { namespace, podSelector } = peer;
  if (typeof namespace === 'string') {checkDnsLabel(where, 'a namespace', namespace);} else if (namespace && !('every' in namespace) && !Object.keys(checkLabels(where, namespace.matchLabels ?? {})).length) {
    throw new Fault({ where, what: 'Peer.pods with namespaceLabels without any label would select every namespace', id: 'peer-without-labels', advice: 'Name the labels, or say everyNamespace: true if that is meant.' });
  }
  checkLabels(where, podSelector.matchLabels ?? {});
  for (const expression of podSelector.matchExpressions ?? []) checkExpression(where, expression);
  if (!selectsEverything(podSelector)) return peer;
  throw new Fault({
    where,
    what: 'Peer.pods without labels would select every pod',
    id: 'peer-without-labels',
    advice: typeof namespace === 'string' ? `Say Peer.namespace('${namespace}') if that is meant.` : 'Name the labels, or say Peer.namespace(…) if every pod is meant.',
  });
}

function checkRange(where: string, peer: CidrPeer): CidrPeer {
  const cidr = checkCidr(where, peer.cidr);
  const exceptCidrs = [...new Set(peer.exceptCidrs.map(except => checkCidr(where, except)))].sort();
  const outside = exceptCidrs.find(except => !isStrictlyWithin(except, cidr));
  if (outside === undefined) return { type: 'cidr', cidr, exceptCidrs };
  throw new Fault({
    where,
    what: `'${outside}' is excepted from '${cidr}', but ${outside === cidr ? 'is the whole of it' : 'does not lie within it'}`,
    id: 'cidr-except-outside',
    advice: 'Except only ranges that are smaller and lie within.',
  });
}
