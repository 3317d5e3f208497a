import type { JsonObject } from '../../kube/json';
import { NAMESPACE_NAME_LABEL, PlainPeer, PodsPeer } from '../../kube/peers';
import type { PortRange } from '../../kube/ports';
import { LabelSelector, selectsEverything } from '../../kube/selectors';
import type { PolicyData } from '../policy-data';

/** Flows in the words of NetworkPolicy, `networking.k8s.io/v1`: the spec of the object. */
export function networkPolicySpec({ subject, direction, rules }: PolicyData): JsonObject {
  const [list, peers] = direction === 'egress' ? ['egress', 'to'] : ['ingress', 'from'];
  const written = rules.map(({ peer, ports }) => ({
    // Without the key everybody is meant.
    ...(peer.type !== 'anyone' && { [peers]: [peerJson(peer)] }),
    ...(ports && { ports: ports.map(portJson) }),
  }));
  return {
    podSelector: subject.pods === 'every' ? {} : notEmpty(subject.pods),
    policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'],
    ...(written.length && { [list]: written }),
  };
}

/** One entry of `from` or `to`. The two selectors of one entry must both hold. */
function peerJson(peer: Exclude<PlainPeer, { type: 'anyone' }>): JsonObject {
  switch (peer.type) {
    case 'namespace': return { namespaceSelector: namespaceJson(peer.name) };
    case 'everyPod': return { namespaceSelector: {} };
    case 'cidr': return { ipBlock: { cidr: peer.cidr, ...(peer.exceptCidrs.length && { except: [...peer.exceptCidrs] }) } };
    case 'pods': return {
      ...(peer.namespace !== undefined && { namespaceSelector: namespaceJson(peer.namespace) }),
      podSelector: notEmpty(peer.podSelector),
    };
  }
}

function namespaceJson(namespace: NonNullable<PodsPeer['namespace']>): JsonObject {
  if (typeof namespace === 'string') return named(namespace);
  return 'every' in namespace ? {} : notEmpty(namespace);
}

function portJson({ protocol, port, endPort }: PortRange): JsonObject {
  return { protocol, port, ...(endPort !== undefined && { endPort }) };
}

function named(namespace: string): JsonObject {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } };
}

/** An empty selector selects everything: where everything is meant, it is said in another way. */
function notEmpty(selector: LabelSelector): JsonObject {
  if (selectsEverything(selector)) throw new Error('an empty selector would select everything');
  return { ...selector } as unknown as JsonObject;
}
