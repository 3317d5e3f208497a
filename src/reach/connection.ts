/** Whether a connection is certain. */
export enum ConnectionVerdict {
  /** Kubernetes lets it through. */
  ALLOWED = 'allowed',
  /** Kubernetes leaves it to the network plugin, or the manifests do not say it. */
  DEPENDS = 'depends',
}

/** Ports of one protocol, both ends included. */
export interface PortSpan {
  /** `TCP`, `UDP` or `SCTP`. */
  readonly protocol: string;
  /** The first port. */
  readonly port: number;
  /** The last port; the same where it is one. */
  readonly endPort: number;
}

/** A connection that is allowed, or may be. */
export interface Connection {
  /** Whom it comes from: `namespace/name[Kind]` of a workload, ranges of addresses, `node`, or a controller outside of the manifests. */
  readonly source: string;
  /** Whom it goes to, in the same words. */
  readonly target: string;
  /** Whether it is certain. */
  readonly verdict: ConnectionVerdict;
  /** Every protocol and port; then `ports` is empty. */
  readonly all: boolean;
  /** The ports, by protocol and ascending. */
  readonly ports: PortSpan[];
  /**
   * On what it depends.
   * @default - it is certain
   */
  readonly reason?: string;
}
