import type { IConstruct } from 'constructs';
import { checkPeer } from './check-peer';
import { Side, isWorkload } from './flow';
import { plainWorkload } from './plain-workload';
import { PodsPeerOptions, podsPeer } from './pods-peer';

/**
 * Whatever can be one side of a flow: every hardened workload, and `Peer` for all others.
 */
export interface IPeer {
  /** Itself as a peer. */
  toPeer(): Peer;
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
   *
   * @example
   * declare const web: HardenedDeployment;
   * web.acceptFrom(Peer.pods({ labels: { app: 'proxy' }, everyNamespace: true }), { ports: [8080] });
   */
  public static pods(options: PodsPeerOptions): Peer {
    return new Peer(podsPeer(options));
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
    return new Peer({ type: 'cluster', role: 'dns' });
  }

  /**
   * Every pod of the cluster; where workloads connect to it, also the addresses of Services and nodes that the
   * cluster's profile knows.
   */
  public static clusterInternal(): Peer {
    return new Peer({ type: 'clusterInternal' });
  }

  /**
   * Everything outside of the cluster and of private networks, in IPv4 and IPv6: no RFC 1918, no shared, link-local,
   * multicast or reserved addresses, nowhere where clouds hand out credentials, and none of the cluster's own ranges.
   * Only as a target: who connects from the internet is often hidden behind the address of a node.
   */
  public static internet(): Peer {
    return new Peer({ type: 'internet' });
  }

  /**
   * The API server, as the cluster's profile says where it is, on its own port. Only as a target; it calls
   * webhooks from `webhookCallers`. It is opened by itself to workloads that were granted rights.
   */
  public static apiServer(): Peer {
    return new Peer({ type: 'cluster', role: 'apiServer' });
  }

  /**
   * What hands requests from outside on to the backends of Ingresses, as the cluster's profile says. It is let in
   * by itself to the backends of this app's Ingresses.
   *
   * @param className only controllers of that IngressClass
   */
  public static ingressController(className?: string): Peer {
    return new Peer({ type: 'cluster', role: 'ingressControllers', ...(className !== undefined && { ingressClassName: className }) });
  }

  /**
   * What scrapes metrics, as the cluster's profile says. It is let in by itself to ports that are named `metrics`.
   */
  public static prometheus(): Peer {
    return new Peer({ type: 'cluster', role: 'scrapers' });
  }

  /**
   * From where the API server calls webhooks and aggregated APIs, as the cluster's profile says. It is let in by
   * itself to the backends of those that this app registers.
   */
  public static webhookCallers(): Peer {
    return new Peer({ type: 'cluster', role: 'webhookCallers' });
  }

  /**
   * Where pods get the credentials of their cloud identity, as the cluster's profile says, on its own port. Only as
   * a target.
   */
  public static workloadIdentity(): Peer {
    return new Peer({ type: 'cluster', role: 'workloadIdentity' });
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
