import { Connection, ConnectionVerdict } from './connection';

/** A way from one peer to another, over workloads that somebody could take over one after the other. */
export interface ReachPath {
  /** Who is on it, from the first to the last. */
  readonly peers: string[];
  /** Allowed where each connection of it is allowed on some port; else it depends. */
  readonly verdict: ConnectionVerdict;
  /** What is open between neighbours. */
  readonly connections: Connection[];
}
