import { Connection } from './connection';

/** A connection that is there before and after, but not the same. */
export interface ChangedConnection {
  /** Whom it comes from. */
  readonly source: string;
  /** Whom it goes to. */
  readonly target: string;
  /** What could be spoken before. */
  readonly before: Connection[];
  /** What may be spoken now. */
  readonly after: Connection[];
  /** What of it is new. */
  readonly opened: Connection[];
  /** What of it is gone. */
  readonly closed: Connection[];
}

/** What changes from one set of manifests to another. */
export interface ConnectivityDiff {
  /** Connections that were denied before. */
  readonly added: Connection[];
  /** Connections that are denied now. */
  readonly removed: Connection[];
  /** Connections of which more is open than before; one that is narrowed, too, stands in both lists. */
  readonly widened: ChangedConnection[];
  /** Connections of which less is open than before. */
  readonly narrowed: ChangedConnection[];
}
