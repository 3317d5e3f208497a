/**
 * What a set of NetworkPolicies allows, written from the text of the API reference (networking.k8s.io/v1)
 * and from nothing of ours: the foreign witness of what the library writes.
 */

/** A pod, or an address outside of the cluster. */
export interface Entity {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: { [key: string]: string };
  readonly ip?: string;
}

export interface World {
  readonly policies: any[];
  /** Labels of the namespaces by their names. */
  readonly namespaces: { [name: string]: { [key: string]: string } };
}

/** A connection is open when the source's egress and the target's ingress both allow it. */
export function isOpen(world: World, source: Entity, target: Entity, protocol: string, port: number): boolean {
  return sideAllows(world, 'Egress', source, target, protocol, port) && sideAllows(world, 'Ingress', target, source, protocol, port);
}

function sideAllows(world: World, type: 'Egress' | 'Ingress', pod: Entity, other: Entity, protocol: string, port: number): boolean {
  if (pod.namespace === undefined) return true;
  const selecting = world.policies.filter(policy => policy.metadata.namespace === pod.namespace
    && selects(policy.spec.podSelector, pod.labels ?? {}) && typesOf(policy.spec).includes(type));
  // "If no policy selects the pod for this direction, it is not isolated."
  if (selecting.length === 0) return true;
  const [list, peers] = type === 'Egress' ? ['egress', 'to'] : ['ingress', 'from'];
  return selecting.some(policy => (policy.spec[list] ?? []).some((rule: any) => (
    // "If this field is empty or missing, this rule matches all …"
    (!rule[peers]?.length || rule[peers].some((peer: any) => matchesPeer(world, policy.metadata.namespace, peer, other)))
    && (!rule.ports?.length || rule.ports.some((p: any) => matchesPort(p, protocol, port)))
  )));
}

/** "If not specified, defaults to Ingress, and to Egress if the policy has any egress rules." */
function typesOf(spec: any): string[] {
  return spec.policyTypes ?? (spec.egress ? ['Ingress', 'Egress'] : ['Ingress']);
}

function matchesPeer(world: World, policyNamespace: string, peer: any, other: Entity): boolean {
  if (peer.ipBlock) {
    if (peer.podSelector || peer.namespaceSelector) throw new Error('the API server refuses ipBlock together with a selector');
    const { cidr, except = [] } = peer.ipBlock;
    return other.ip !== undefined && inCidr(other.ip, cidr) && !except.some((range: string) => inCidr(other.ip!, range));
  }
  if (!peer.podSelector && !peer.namespaceSelector) throw new Error('the API server refuses an empty peer');
  if (other.namespace === undefined) return false;
  const namespaceFits = peer.namespaceSelector
    ? selects(peer.namespaceSelector, world.namespaces[other.namespace])
    : other.namespace === policyNamespace;
  return namespaceFits && (!peer.podSelector || selects(peer.podSelector, other.labels ?? {}));
}

function matchesPort(wanted: any, protocol: string, port: number): boolean {
  if ((wanted.protocol ?? 'TCP') !== protocol) return false;
  if (wanted.port === undefined) return true;
  return wanted.endPort === undefined ? wanted.port === port : wanted.port <= port && port <= wanted.endPort;
}

function selects(selector: any, labels: { [key: string]: string }): boolean {
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value)
    && (selector.matchExpressions ?? []).every(({ key, operator, values }: any) => {
      switch (operator) {
        case 'In': return key in labels && values.includes(labels[key]);
        case 'NotIn': return !(key in labels) || !values.includes(labels[key]);
        case 'Exists': return key in labels;
        case 'DoesNotExist': return !(key in labels);
        default: throw new Error(`unknown operator ${operator}`);
      }
    });
}

function inCidr(ip: string, cidr: string): boolean {
  const [base, length] = cidr.split('/');
  if (ip.includes(':') !== base.includes(':')) return false;
  const size = 1n << BigInt((ip.includes(':') ? 128 : 32) - Number(length));
  return toNumber(ip) / size === toNumber(base) / size;
}

function toNumber(ip: string): bigint {
  if (!ip.includes(':')) return ip.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head, tail = ''] = ip.split('::').map(half => half.split(':').filter(part => part));
  const groups = ip.includes('::') ? [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail] : head;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
