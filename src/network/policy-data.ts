import { sorted } from '../kube/json';
import { EveryNamespace, PlainPeer, describePeer } from '../kube/peers';
import { PortRange, describePort } from '../kube/ports';
import type { LabelSelector } from '../kube/selectors';
import type { Direction, Flow } from './flow';

/** The pods that a policy is about. */
export interface PolicySubject {
  readonly namespace?: string;
  /** `every` pod of the namespace is never meant by leaving something out. */
  readonly pods: LabelSelector | 'every';
}

/** What one peer may do, and why. */
export interface PolicyRule {
  readonly peer: PlainPeer;
  /** Absent: every port of every protocol. */
  readonly ports?: readonly PortRange[];
  /** One line for people. */
  readonly why: string;
}

/** A policy as plain data: what a dialect is given. */
export interface PolicyData {
  readonly subject: PolicySubject;
  readonly direction: Direction;
  readonly rules: readonly PolicyRule[];
}

/** Flows of one direction gathered by peer, in an order that does not depend on theirs. */
export function policyData(subject: PolicySubject, direction: Direction, flows: readonly Flow[]): PolicyData {
  return { subject, direction, rules: gathered(subject.namespace, flows).map(({ peer, flows: its }) => rule(peer, direction, its)) };
}

/** The flows of one peer. */
interface Gathered {
  readonly key: string;
  readonly peer: PlainPeer;
  readonly flows: Flow[];
  /** Every workload has one of them. */
  common: boolean;
}

function gathered(own: string | undefined, flows: readonly Flow[]): Gathered[] {
  const byPeer = new Map<string, Gathered>();
  for (const flow of flows) {
    const { common = false } = flow;
    const peer = seenFrom(own, flow.peer);
    // A sole flow need not be told from others.
    const key = flows.length > 1 ? peerKey(peer) : '';
    const known = byPeer.get(key);
    if (known) {
      known.flows.push(flow);
      known.common ||= common;
    } else {
      byPeer.set(key, { key, peer, flows: [flow], common });
    }
  }
  return [...byPeer.values()].sort((a, b) => Number(a.common) - Number(b.common) || compare(a.key, b.key));
}

/** What tells a peer from others, whatever it is called; its keys are in order, so that rules can be, too. */
function peerKey(peer: PlainPeer): string {
  const { type } = peer;
  switch (type) {
    case 'pods': return JSON.stringify({ namespace: ordered(peer.namespace), podSelector: ordered(peer.podSelector), type });
    case 'namespace': return JSON.stringify({ name: ordered(peer.name), type });
    case 'cidr': return JSON.stringify({ cidr: peer.cidr, exceptCidrs: peer.exceptCidrs, type });
    default: return JSON.stringify({ type });
  }
}

/** The same with its keys in order. Most select by one label, which is. */
function ordered<T extends LabelSelector | EveryNamespace | string | undefined>(choice: T): T {
  if (typeof choice !== 'object' || ('matchLabels' in choice && !choice.matchExpressions && Object.keys(choice.matchLabels!).length < 2)) return choice;
  return sorted(choice);
}

/** Pods of the policy's own namespace need no word about it. */
function seenFrom(own: string | undefined, peer: PlainPeer): PlainPeer {
  return peer.type === 'pods' && peer.namespace === own ? { ...peer, namespace: undefined } : peer;
}

function rule(peer: PlainPeer, direction: Direction, flows: readonly Flow[]): PolicyRule {
  const ports = flows.some(flow => !flow.ports) ? undefined : distinctPorts(flows.flatMap(flow => flow.ports!));
  const titles = distinct(flows.map(flow => describePeer(flow.peer)));
  const reasons = distinct(flows.flatMap(flow => flow.why ?? []));
  const what = `${direction === 'egress' ? 'to' : 'from'} ${titles.join(', ')} on ${ports?.map(describePort).join(', ') ?? 'every port'}`;
  return { peer, ports, why: reasons.length ? `${what}: ${reasons.join('; ')}` : what };
}

function distinct(texts: readonly string[]): readonly string[] {
  if (texts.length < 2) return texts;
  return [...new Set(texts)].sort();
}

function distinctPorts(ports: readonly PortRange[]): readonly PortRange[] {
  if (ports.length < 2) return ports;
  const byText = new Map(ports.map(port => [describePort(port), port]));
  return [...byText.values()].sort((a, b) => (
    compare(a.protocol, b.protocol) || compare(typeof a.port, typeof b.port) || compare(a.port, b.port) || compare(a.endPort ?? 0, b.endPort ?? 0)
  ));
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
