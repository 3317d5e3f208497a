import { Construct } from 'constructs';
import type { ConnectOptions } from './connect-options';
import { IPeer } from './peer';
import { writeWhitelist } from './whitelist';

/** Properties of an ingress whitelist. */
export interface IngressWhitelistProps extends ConnectOptions {
  /**
   * The pods whose ingress it is about: a hardened workload, `Peer.workload(…)`, pods from elsewhere by
   * `Peer.pods(…)`, or a namespace of this app's own by `Peer.namespace(…)`.
   */
  readonly workload: IPeer;

  /** Who may connect to them. */
  readonly sources: IPeer[];

  /**
   * Whether every port of every protocol is meant. It is never meant by saying no ports.
   *
   * @default false
   */
  readonly allPorts?: boolean;
}

/**
 * Names who may connect to pods, besides what is said elsewhere.
 *
 * The rules become part of a hardened workload's one ingress policy; for other pods a policy is written in
 * their namespace. Only this side is opened: between two workloads of this app `acceptFrom` opens both.
 *
 * @example
 * declare const web: HardenedDeployment;
 * const prometheus = Peer.pods({ namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } });
 * new IngressWhitelist(chart, 'Scraping', { workload: web, sources: [prometheus], portNames: ['metrics'] });
 */
export class IngressWhitelist extends Construct {
  /**
   * Names who may connect to pods.
   *
   * @throws a fault where a peer, a port or a range is none, or ports are missing.
   */
  constructor(scope: Construct, id: string, props: IngressWhitelistProps) {
    super(scope, id);
    const { workload, sources, allPorts, ...options } = props;
    writeWhitelist(this, { direction: 'ingress', workload, others: sources, options, allPorts });
  }
}
