import type { IConstruct } from 'constructs';
import type { PortRange } from '../kube/ports';
import type { Labels } from '../kube/selectors';
import type { DerivedFlows } from './derived-flows';

/** A port that a container of a workload declares. */
export interface DeclaredPort {
  readonly port: number;
  /** TCP, UDP or SCTP. */
  readonly protocol: string;
  readonly name?: string;
  /** The name of the container. */
  readonly container: string;
}

/**
 * What a workload tells about itself so that flows from and to it can be written. Everything that may still
 * change after the workload was made is asked for at synthesis only.
 */
export interface FlowEnd {
  /** Where policies go: they become children of it. */
  readonly construct: IConstruct;
  readonly kind: string;
  readonly name: string;
  /** Absent where whoever applies the manifest decides it. */
  readonly namespace?: string;
  /** Labels of all its pods and of no others. */
  readonly podLabels: Labels;
  /** Which of the flows that follow from what it is are not to be written. */
  readonly derivedFlows?: DerivedFlows;
  /** All labels of its pods, those that other pods have too. Absent: `podLabels`. */
  allLabels?(): Labels;
  /** The annotations of its pods. */
  podAnnotations?(): Labels;
  declaredPorts(): readonly DeclaredPort[];
  /** The ports that clients of its image connect to; undefined where the image has no profile. */
  clientPorts(): readonly PortRange[] | undefined;
  /** Whether its pods are on the network of their nodes. */
  hostNetwork?(): boolean;
  /** Whether it was granted rights, and so asks the API server. */
  asksApiServer?(): boolean;
}

/** A workload as people read it: `Deployment shop/web`. */
export function describeEnd({ kind, name, namespace }: FlowEnd): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
