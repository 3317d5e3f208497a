/**
 * A map of who reaches whom as plain data: what the drawing reads, here and in the page. Texts can be shown as they are
 * once markup is escaped; what occurs often is a place in a list.
 */
export interface ReachMap {
  readonly title: string;
  /** What was left out or put together, in sentences. */
  readonly notes: readonly string[];
  readonly spaces: readonly MapSpace[];
  readonly nodes: readonly MapNode[];
  readonly links: readonly MapLink[];
  /** Ports and reasons, each once. */
  readonly words: readonly string[];
  readonly reasons: MapReasons;
  /** It shows what a change opens and closes. */
  readonly isDiff: boolean;
}

/** A namespace, several that are the same to all others, or what lies outside. */
export interface MapSpace {
  readonly name: string;
  /** Where traffic comes from, the cluster, or where it goes to. */
  readonly kind: 'source' | 'namespace' | 'target';
  /** How many workloads, or peers outside, it holds. */
  readonly count: number;
  /** Whose nodes stand in it; none where it cannot be unfolded. */
  readonly nodes: readonly number[];
  /** Where it stands among the others, counted from the top left. */
  readonly column: number;
  readonly row: number;
  /** How much room its nodes take. */
  readonly width: number;
  readonly height: number;
  /** It is unfolded at first. */
  readonly isOpen: boolean;
}

/** A workload, several of which the same holds, or a peer outside. */
export interface MapNode {
  readonly id: string;
  readonly label: string;
  /** `Deployment`, `addresses` */
  readonly kind: string;
  readonly space: number;
  /** Its middle, from the top left of the room of its space. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Those that it stands for, some of them at least; not where it stands for itself alone. */
  readonly members?: readonly string[];
  readonly state?: ChangeState;
}

/** What a change does to a connection or a workload. */
export type ChangeState = 'added' | 'removed' | 'changed';

/** Connections between two nodes or, in the coarsest maps, two spaces. */
export interface MapLink {
  /** A node; where spaces cannot be unfolded, a space. */
  readonly from: number;
  readonly to: number;
  /** How many connections it stands for, where it is more than one. */
  readonly count?: number;
  /** What may be spoken, in words: ports alone, and with what it depends on. */
  readonly label: number;
  readonly ports: number;
  /** What could be spoken before, in a diff. */
  readonly before?: number;
  /** From the internet or a controller outside, or to the internet. */
  readonly side?: 'entry' | 'exit';
  /** Kubernetes leaves all of it to the network plugin. */
  readonly isDoubtful?: true;
  readonly state?: ChangeState;
  /** The bends of the line from node to node, x and y in turn, in the room of their space. */
  readonly bends?: readonly number[];
  /** Where its label has room, on the bends. */
  readonly at?: readonly [x: number, y: number];
  /** Why, by places in `reasons.sides`: what lets it out, what lets it in. */
  readonly why?: readonly [egress: number, ingress: number];
  /** Why it was so before, in a diff. */
  readonly whyBefore?: readonly [egress: number, ingress: number];
}

/** Why connections are allowed, each policy, rule and side once. */
export interface MapReasons {
  readonly policies: readonly { readonly name: string; readonly place: string }[];
  readonly rules: readonly { readonly policy: number; readonly field: string; readonly place: string }[];
  readonly sides: readonly MapSide[];
}

/** What one end of a connection lets through. */
export interface MapSide {
  /** What is to be said where no policy speaks. */
  readonly text?: string;
  /** The policies that isolate the end. */
  readonly policies?: readonly number[];
  /** The rules that let something through, and what, in words. */
  readonly rules?: readonly (readonly [rule: number, ports: number])[];
}
