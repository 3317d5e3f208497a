import type { IConstruct } from 'constructs';
import { checkCidr, isStrictlyWithin } from '../kube/cidr';
import { Fault } from '../kube/faults';
import { checkDnsLabel } from '../kube/names';
import { CidrPeer, PeerData, PodsPeer } from '../kube/peers';
import { checkLabels } from '../kube/selectors';
import { Side, isWorkload } from './flow';
import { plainWorkload } from './plain-workload';

/**
 * Whatever can be one side of a flow: every hardened workload, and `Peer` for all others.
 */
export interface IPeer {
  /** Itself as a peer. */
  toPeer(): Peer;
}

/** Which pods are meant. */
export interface PodsPeerOptions {
  /** Labels that all of the pods have and no others. */
  readonly labels: { [key: string]: string };

  /**
   * The name of their namespace.
   *
   * @default - the namespace of the workload that they talk to
   * @jsii suppress JSII5018
   */
  readonly namespace?: string;
}

/** Details of a range of addresses. */
export interface CidrPeerOptions {
  /**
   * Ranges within it that are not meant.
   *
   * @default - none
   */
  readonly exceptCidrs?: string[];
}

/**
 * One side of a flow that is not a hardened workload of this app.
 *
 * A peer is checked where it is used, so that a message about it names that place.
 */
export class Peer implements IPeer {
  /**
   * The pods of a workload. Of a hardened workload both sides can be written; of a plain one of cdk8s-plus
   * only the other side: a policy of its own, where it needs one, is left to you.
   *
   * @throws a fault where the construct is no workload.
   */
  public static workload(workload: IConstruct): Peer {
    const peer = (workload as Partial<IPeer> & IConstruct).toPeer?.();
    return peer ?? new Peer({ end: plainWorkload(workload) });
  }

  /**
   * Every pod of a namespace.
   *
   * @jsii suppress JSII5018
   */
  public static namespace(name: string): Peer {
    return new Peer({ type: 'namespace', name });
  }

  /**
   * Pods that come from elsewhere: another repository, a Helm chart, the cluster itself.
   */
  public static pods(options: PodsPeerOptions): Peer {
    return new Peer({ type: 'pods', namespace: options.namespace, podSelector: { matchLabels: { ...options.labels } } });
  }

  /**
   * A range of addresses outside of the cluster, as `203.0.113.0/24`. Address translation hides pods, and on
   * some networks nodes too, from such a range: select pods by `pods` or `workload`.
   */
  public static cidr(cidr: string, options: CidrPeerOptions = {}): Peer {
    return new Peer({ type: 'cidr', cidr, exceptCidrs: [...options.exceptCidrs ?? []] });
  }

  /**
   * Everybody, inside of the cluster and out.
   */
  public static anyone(): Peer {
    return new Peer({ type: 'anyone' });
  }

  /**
   * The DNS servers of the cluster. They are opened by themselves to every workload whose egress is closed.
   */
  public static dns(): Peer {
    return new Peer({ type: 'dns' });
  }

  /** @internal */
  public static _of(side: Side): Peer {
    return new Peer(side);
  }

  /** @internal */
  public readonly _side: Side;

  private constructor(side: Side) {
    this._side = side;
  }

  /**
   * Itself.
   */
  public toPeer(): Peer {
    return this;
  }

  /**
   * The side of a flow that it is, checked.
   *
   * @internal
   */
  public _checked(where: string): Side {
    return isWorkload(this._side) ? this._side : checkPeer(where, this._side);
  }
}

function checkPeer(where: string, peer: PeerData): PeerData {
  switch (peer.type) {
    case 'namespace':
      checkDnsLabel(where, 'a namespace', peer.name);
      return peer;
    case 'pods': return checkPods(where, peer);
    case 'cidr': return checkRange(where, peer);
    default: return peer;
  }
}

function checkPods(where: string, peer: PodsPeer): PodsPeer {
  const { namespace, podSelector: { matchLabels = {} } } = peer;
  if (typeof namespace === 'string') checkDnsLabel(where, 'a namespace', namespace);
  if (Object.keys(checkLabels(where, matchLabels)).length) return peer;
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
