/** A namespace: ours, closed as its stage says, or one that others made. */
export interface Space {
  readonly name: string;
  readonly labels: Labels;
  readonly ours?: { readonly stage: 'observe' | 'warn' | 'enforce'; readonly opensInCluster: boolean; readonly dns: boolean };
}

export interface Labels { readonly [key: string]: string }

export interface Listener {
  readonly name: string;
  readonly number: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** A workload. `plain` is a Deployment of cdk8s-plus in a namespace of others, of which policies know by `Peer.workload`. */
export interface Workload {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'plain';
  readonly space: number;
  readonly name: string;
  readonly labels: Labels;
  readonly listeners: readonly Listener[];
  readonly replicas: number;
  /** Both directions are shut, wherever it is. */
  readonly isIsolated: boolean;
  /** It is the backend of an Ingress, which lets the controller of the cluster's profile in. */
  readonly isExposed: boolean;
}

/** A pod by itself, that no construct knows of. */
export interface Guest {
  readonly space: number;
  readonly name: string;
  readonly labels: Labels;
  readonly listeners: readonly Listener[];
  /** In the network of its node, of which policies say nothing for certain. */
  readonly isOnHost?: boolean;
}

/** Pods by their labels, and where they are. */
export interface PodsWish {
  readonly labels?: Labels;
  readonly requirement?: { readonly key: string; readonly operator: string; readonly values?: string[] };
  readonly space?: number;
  readonly spaceLabels?: Labels;
  readonly everywhere?: boolean;
}

/** One side of a flow. */
export type Other =
  | { readonly workload: number }
  | { readonly pods: PodsWish }
  | { readonly space: number }
  | { readonly cidr: string; readonly except: readonly string[] }
  | { readonly role: 'anyone' | 'dns' | 'clusterInternal' | 'internet' | 'apiServer' | 'ingressController' | 'prometheus' | 'webhookCallers' | 'workloadIdentity' };

/** Ports as they are asked for; nothing: what clients of the target use. */
export interface Ports {
  readonly ports?: number[];
  readonly portNames?: string[];
  readonly portRanges?: { port: number; endPort: number }[];
  readonly protocol?: 'TCP' | 'UDP';
}

/** A connection that is declared. */
export interface Flow {
  readonly way: 'connect' | 'accept' | 'egress' | 'ingress';
  readonly own: number;
  readonly other: Other;
  readonly ports: Ports;
}

/** A set of flows: an app of ours, and what others have beside it. Plain data, so that it can be edited and printed. */
export interface FlowSet {
  readonly seed: number;
  /** Which of the profiles of clusters holds. */
  readonly profile: number;
  /** The addresses of pods are in the input, as in an export of a cluster; blocks may then cover them. */
  readonly knowsAddresses: boolean;
  readonly spaces: readonly Space[];
  readonly workloads: readonly Workload[];
  readonly guests: readonly Guest[];
  readonly flows: readonly Flow[];
  /** Policies that others wrote. */
  readonly policies: readonly any[];
}

/** Labels that workloads, pods and namespaces may have. None is one that the lab finds pods by. */
export const KEYS = ['tier', 'env'];
export const VALUES = ['x', 'y', ''];

/** Ports that are declared, by protocol. */
export const LISTENERS: readonly Listener[] = [
  { name: 'http', number: 80, protocol: 'TCP' },
  { name: 'web', number: 8080, protocol: 'TCP' },
  { name: 'metrics', number: 9102, protocol: 'TCP' },
  { name: 'media', number: 8080, protocol: 'UDP' },
  { name: 'dns', number: 5353, protocol: 'UDP' },
];
/** What nobody listens on: a closed port answers by itself, so the lab can tell that it is let through. */
export const SILENT = 8085;
