import { Construct } from 'constructs';
import type { ConnectOptions } from './connect-options';
import { IPeer } from './peer';
import { writeWhitelist } from './whitelist';

/** Properties of an egress whitelist. */
export interface EgressWhitelistProps extends ConnectOptions {
  /**
   * The pods whose egress it is about: a hardened workload, `Peer.workload(…)`, or pods and namespaces of this
   * app's own by `Peer.pods(…)` and `Peer.namespace(…)`.
   */
  readonly workload: IPeer;

  /** What they may connect to. */
  readonly targets: IPeer[];

  /**
   * Whether the DNS of the cluster is opened with it. Of a hardened workload that is for its own `derivedFlows` to say.
   *
   * @default true
   */
  readonly dns?: boolean;
}

/**
 * Names what pods may connect to, besides what is said elsewhere; DNS is opened with it.
 *
 * The rules become part of a hardened workload's one egress policy; for other pods a policy is written. Only
 * this side is opened: between two workloads of this app `connectTo` opens both.
 *
 * @example
 * declare const web: HardenedDeployment;
 * new EgressWhitelist(chart, 'Mail', { workload: web, targets: [Peer.cidr('203.0.113.0/24')], ports: [587] });
 */
export class EgressWhitelist extends Construct {
  /**
   * Names what pods may connect to.
   *
   * @throws a fault where a peer, a port or a range is none, ports are missing, or the pods are not ours.
   */
  constructor(scope: Construct, id: string, props: EgressWhitelistProps) {
    super(scope, id);
    const { workload, targets, dns, ...options } = props;
    writeWhitelist(this, { direction: 'egress', workload, others: targets, options, dns });
  }
}
