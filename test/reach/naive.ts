/**
 * What NetworkPolicies allow, pod by pod and port by port, written from the text of the API reference and of the
 * concept page, and from nothing of the engine: no sets, no classes, no intervals.
 */

export interface NaivePod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [key: string]: string };
  readonly ips: readonly string[];
  readonly hostNetwork: boolean;
  readonly ports: readonly { name?: string; protocol: string; containerPort: number }[];
}

export interface NaiveCluster {
  readonly pods: readonly NaivePod[];
  readonly policies: readonly any[];
  /** Labels by name; a namespace that is not there has a name, and nobody knows its labels. */
  readonly namespaces: { [name: string]: { [key: string]: string } | undefined };
}

/** A pod, or an address outside of the cluster. */
export type End = { readonly pod: NaivePod } | { readonly ip: string };

/** True, false, or unknown: what the text leaves to the implementation, or the input does not say. */
type Truth = boolean | undefined;

/** `allowed`, `denied`, or `depends` where it is one or the other. */
export function verdict(cluster: NaiveCluster, from: End, to: End, protocol: string, port: number): string {
  const out = side(cluster, 'egress', from, to, to, protocol, port);
  const into = side(cluster, 'ingress', to, from, to, protocol, port);
  const both = out === false || into === false ? false : out === undefined || into === undefined ? undefined : true;
  return both === undefined ? 'depends' : both ? 'allowed' : 'denied';
}

function side(cluster: NaiveCluster, direction: 'ingress' | 'egress', own: End, other: End, target: End, protocol: string, port: number): Truth {
  // Nobody polices addresses outside, nor pods that have the address of their node.
  if ('ip' in own || own.pod.hostNetwork) return true;
  const { pod } = own;
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const isolating = cluster.policies.filter(({ metadata, spec }) => (metadata.namespace ?? 'default') === pod.namespace
    && holds(spec.podSelector ?? {}, pod.labels, true) === true && types(spec).includes(type));
  if (isolating.length === 0) return true;
  const answers: Truth[] = isolating.flatMap(({ metadata, spec }) => (spec[direction] ?? []).map((rule: any) => (
    ruleAllows(cluster, metadata.namespace ?? 'default', rule, direction === 'ingress' ? rule.from : rule.to, other, target, protocol, port)
  )));
  // "Traffic from the node where a Pod is running is always allowed", and nobody knows on which node the other is.
  if (direction === 'ingress' && 'pod' in other && other.pod.hostNetwork) answers.push(undefined);
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** "If this field is not specified, it will default based on the existence of ingress or egress rules." */
function types({ policyTypes, egress }: any): string[] {
  return policyTypes?.length ? policyTypes : egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
}

function ruleAllows(
  cluster: NaiveCluster, namespace: string, { ports }: any, peers: any[] | undefined, other: End, target: End, protocol: string, port: number,
): Truth {
  if (ports?.length && !ports.some((wanted: any) => portMatches(wanted, target, protocol, port))) return false;
  if (!peers?.length) return true;
  const answers = peers.map(peer => peerMatches(cluster, namespace, peer, other));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function portMatches({ protocol: wanted = 'TCP', port: first, endPort }: any, target: End, protocol: string, port: number): boolean {
  if (wanted !== protocol) return false;
  if (first === undefined) return true;
  if (typeof first === 'string') return 'pod' in target && target.pod.ports.some(its => its.name === first && its.protocol === protocol && its.containerPort === port);
  return first <= port && port <= (endPort ?? first);
}

function peerMatches(cluster: NaiveCluster, own: string, { podSelector, namespaceSelector, ipBlock }: any, other: End): Truth {
  if (ipBlock) {
    if ('ip' in other) return inBlock(other.ip, ipBlock);
    // "These should be cluster-external IPs, since Pod IPs are ephemeral": whether pods are meant is not said.
    // Of a pod whose address the input does not say, that is only known of a block with every address in it.
    const { ips } = other.pod;
    return (ips.length ? ips.some(ip => inBlock(ip, ipBlock)) : /^[:.0]+\/0$/.test(ipBlock.cidr) && !ipBlock.except?.length) ? undefined : false;
  }
  if ('ip' in other) return false;
  const { pod } = other;
  if (podSelector && !holds(podSelector, pod.labels, true)) return false;
  const known = cluster.namespaces[pod.namespace];
  const inNamespace = namespaceSelector
    ? holds(namespaceSelector, { ...known, 'kubernetes.io/metadata.name': pod.namespace }, known !== undefined)
    : pod.namespace === own;
  // "The behaviour for hostNetwork pods is undefined": plugins tell them from their node, or do not.
  return inNamespace && pod.hostNetwork ? undefined : inNamespace;
}

/** Whether a selector selects labels; unknown where not all of them are known. */
export function holds({ matchLabels = {}, matchExpressions = [] }: any, labels: { [key: string]: string }, complete: boolean): Truth {
  const answers: Truth[] = [
    ...Object.entries(matchLabels).map(([key, value]) => key in labels ? labels[key] === value : complete ? false : undefined),
    ...matchExpressions.map(({ key, operator, values }: any): Truth => {
      if (!(key in labels) && !complete) return undefined;
      switch (operator) {
        case 'In': return key in labels && values.includes(labels[key]);
        case 'NotIn': return !(key in labels && values.includes(labels[key]));
        case 'Exists': return key in labels;
        case 'DoesNotExist': return !(key in labels);
        default: throw new Error(operator);
      }
    }),
  ];
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

function inBlock(ip: string, { cidr, except = [] }: any): boolean {
  return within(ip, cidr) && !except.some((part: string) => within(ip, part));
}

/** Bit by bit. */
function within(ip: string, cidr: string): boolean {
  const [base, length] = cidr.split('/');
  return ip.includes(':') === base.includes(':') && bits(ip).slice(0, Number(length)) === bits(base).slice(0, Number(length));
}

function bits(ip: string): string {
  if (!ip.includes(':')) return ip.split('.').map(part => Number(part).toString(2).padStart(8, '0')).join('');
  const [left, right] = ip.split('::').map(half => half ? half.split(':') : []);
  const words = right ? [...left, ...Array(8 - left.length - right.length).fill('0'), ...right] : left;
  return words.map(word => parseInt(word, 16).toString(2).padStart(16, '0')).join('');
}
