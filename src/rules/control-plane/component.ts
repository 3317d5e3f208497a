/** The programs whose flags are known. */
export const COMPONENTS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd', 'kubelet', 'kube-proxy'] as const;

export type Component = (typeof COMPONENTS)[number];

/** How a part of the control plane, or of a node, is set up in one place. */
export interface Settings {
  readonly component: Component;
  /** The value of a flag; undefined where it is not set here. */
  readonly flag: (name: string) => string | undefined;
  /** The field path of a flag, or of where it would stand. */
  readonly field: (name: string) => string;
  readonly container?: string;
  /** The rest may be set elsewhere: of what is not here nothing is known. */
  readonly isPartial: boolean;
  /** What a flag is called here: `readOnlyPort` in a configuration of the kubelet. */
  readonly word: (name: string) => string;
}
