import { JsonObject, sorted } from '../../kube/json';
import { NAMESPACE_NAME_LABEL, PlainPeer, PodsPeer } from '../../kube/peers';
import type { PortRange } from '../../kube/ports';
import { LabelSelector, selectsEverything } from '../../kube/selectors';
import type { PolicyData, PolicyRule } from '../policy-data';

/**
 * Flows in the words of NetworkPolicy, `networking.k8s.io/v1`: the spec of the object. Nobody else holds a part of it, and
 * its keys are in order.
 */
export function networkPolicySpec({ subject, direction, rules }: PolicyData): JsonObject {
  const podSelector = subject.pods === 'every' ? {} : notEmpty(subject.pods);
  if (direction === 'egress') {
    const policyTypes = ['Egress'];
    return rules.length ? { egress: rules.map(egressRule), podSelector, policyTypes } : { podSelector, policyTypes };
  }
  const policyTypes = ['Ingress'];
  return rules.length ? { ingress: rules.map(ingressRule), podSelector, policyTypes } : { podSelector, policyTypes };
}

/** Without the key `to` everybody is meant. */
function egressRule({ peer, ports }: PolicyRule): JsonObject {
  const rule: JsonObject = {};
  if (ports) rule.ports = ports.map(portJson);
  if (peer.type !== 'anyone') rule.to = [peerJson(peer)];
  return rule;
}

function ingressRule({ peer, ports }: PolicyRule): JsonObject {
  const rule: JsonObject = {};
  if (peer.type !== 'anyone') rule.from = [peerJson(peer)];
  if (ports) rule.ports = ports.map(portJson);
  return rule;
}

/** One entry of `from` or `to`. The two selectors of one entry must both hold. */
function peerJson(peer: Exclude<PlainPeer, { type: 'anyone' }>): JsonObject {
  switch (peer.type) {
    case 'namespace': return { namespaceSelector: namespaceJson(peer.name) };
    case 'everyPod': return { namespaceSelector: {} };
    case 'cidr': return { ipBlock: peer.exceptCidrs.length ? { cidr: peer.cidr, except: [...peer.exceptCidrs] } : { cidr: peer.cidr } };
    case 'pods': {
      const podSelector = notEmpty(peer.podSelector);
      return peer.namespace === undefined ? { podSelector } : { namespaceSelector: namespaceJson(peer.namespace), podSelector };
    }
  }
}

function namespaceJson(namespace: NonNullable<PodsPeer['namespace']>): JsonObject {
  if (typeof namespace === 'string') return named(namespace);
  return 'every' in namespace ? {} : notEmpty(namespace);
}

function portJson({ protocol, port, endPort }: PortRange): JsonObject {
  return endPort === undefined ? { port, protocol } : { endPort, port, protocol };
}

function named(namespace: string): JsonObject {
  return { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } };
}

/** An empty selector selects everything: where everything is meant, it is said in another way. */
function notEmpty(selector: LabelSelector): JsonObject {
  if (selectsEverything(selector)) throw new Error('an empty selector would select everything');
  return sorted(selector) as unknown as JsonObject;
}
