import { checkPort, checkPortRange } from '../kube/ports';
import { PortRequest } from './flow';

/** Protocols that a port can have. */
export enum NetworkProtocol {
  /** Transmission control: most services. */
  TCP = 'TCP',
  /** Datagrams: DNS, media, games. */
  UDP = 'UDP',
  /** Stream control: telephony. */
  SCTP = 'SCTP',
}

/** Ports from one number to another. */
export interface PortRangeOptions {
  /** The first port. */
  readonly port: number;

  /**
   * The last port.
   *
   * @default - the first port: no range
   */
  readonly endPort?: number;

  /**
   * The protocol.
   *
   * @default - the protocol of the flow, else TCP
   */
  readonly protocol?: NetworkProtocol;
}

/**
 * How one side may connect to the other.
 *
 * Without any ports it is the port of the target that clients use: the one that its image's profile tells,
 * else the sole one that its containers declare. Where there are several, it has to be said.
 */
export interface ConnectOptions {
  /**
   * Ports of the target's containers by number; not those of a Service in front of them.
   *
   * @default - the port that clients of the target use
   */
  readonly ports?: number[];

  /**
   * Ports of the target's containers by name.
   *
   * @default - none
   */
  readonly portNames?: string[];

  /**
   * Ranges of ports.
   *
   * @default - none
   */
  readonly portRanges?: PortRangeOptions[];

  /**
   * The protocol of all those ports.
   *
   * @default - that which the target's containers declare for the port, else TCP
   */
  readonly protocol?: NetworkProtocol;

  /**
   * The reason, for the reader of the policy: it becomes part of an annotation.
   *
   * @default - none
   */
  readonly why?: string;
}

/** The ports that the options ask for, wrong ones refused. */
export function portRequest(where: string, options: ConnectOptions): PortRequest {
  const { protocol } = options;
  return {
    protocol,
    numbers: (options.ports ?? []).map(port => checkPort(where, port)),
    names: (options.portNames ?? []).map(name => checkPortRange(where, { protocol: 'TCP', port: name }).port as string),
    ranges: (options.portRanges ?? []).map(({ port, endPort, protocol: own }) => (
      checkPortRange(where, { protocol: own ?? protocol ?? NetworkProtocol.TCP, port, endPort })
    )),
  };
}

/** The reason in one line. */
export function reason(options: ConnectOptions): string | undefined {
  return options.why?.replace(/\s+/g, ' ').trim() || undefined;
}
