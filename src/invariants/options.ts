import type { NetworkProtocol } from '../network/connect-options';

/** Details of a statement. */
export interface InvariantOptions {
  /**
   * The last port of a range that starts at the port.
   *
   * @default - the port: no range
   */
  readonly endPort?: number;

  /**
   * The protocol of the port.
   *
   * @default - of what must not be: every protocol; of what must be allowed: TCP
   */
  readonly protocol?: NetworkProtocol;

  /**
   * Why it must stay so, for whoever breaks it: it becomes part of the message.
   *
   * @default - none
   */
  readonly why?: string;
}

/** A statement that does not hold. */
export interface BrokenInvariant {
  /** The construct path of the scope that it was stated for; empty for the app. */
  readonly path: string;

  /** The statement: `Deployment shop/web must not reach StatefulSet shop/db`. */
  readonly statement: string;

  /** Who reaches whom, on which ports, by which policies and rules, and what to do. */
  readonly message: string;
}
