import { Connection, ConnectionVerdict, PortSpan } from './connection';

/** To what a workload is exposed, beyond the workloads that are there. */
export interface WorkloadExposure {
  /** `namespace/name[Kind]` */
  readonly workload: string;
  /** Pods that do not exist yet and could reach it. */
  readonly reachedBy: NewPodsExposure[];
  /** Pods that do not exist yet and that it could reach. */
  readonly reaches: NewPodsExposure[];
  /** What leads to it from outside of the cluster, and on which ports policies let that through. Nothing: it is not exposed. */
  readonly entrances: Connection[];
  /** What its policies let out to addresses of the internet: to some of them, at least. */
  readonly toInternet: Connection[];
}

/** Pods that do not exist yet, by what they would have to be. */
export interface NewPodsExposure {
  /**
   * The namespace in which they would have to be.
   * @default - any that `namespaceSelector` selects, also a new one
   */
  readonly namespaceName?: string;
  /** Which labels their namespace would have to have: `team=a`; empty: any. */
  readonly namespaceSelector: string;
  /** Which labels they would have to have: `app=web, tier in (a, b)`; empty: any. */
  readonly podSelector: string;
  /**
   * In which addresses they would have to lie.
   * @default - in any
   */
  readonly addresses?: string;
  /** Whether it is certain. */
  readonly verdict: ConnectionVerdict;
  /** Every protocol and port; then `ports` is empty. */
  readonly all: boolean;
  /** The ports, by protocol and ascending. */
  readonly ports: PortSpan[];
  /** Ports by the names that the new pods give them: `TCP/http`. */
  readonly portNames: string[];
  /**
   * On what it depends.
   * @default - it is certain
   */
  readonly reason?: string;
}
