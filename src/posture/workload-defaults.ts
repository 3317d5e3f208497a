/** SELinux labels of a pod. */
export interface SeLinuxLabels {
  /**
   * The level, as `s0:c123,c456`.
   *
   * @default - chosen by the container runtime
   */
  readonly level?: string;

  /**
   * The type. Pod Security allows container_t, container_init_t, container_kvm_t and container_engine_t.
   *
   * @default - chosen by the container runtime
   */
  readonly labelType?: string;
}

/**
 * What every workload below a scope gets unless it says otherwise. Values merge from the organisation's
 * app to the chart to the workload, property by property.
 *
 * Quantities are written as Kubernetes writes them: `100m`, `128Mi`.
 */
export interface WorkloadDefaults {
  /**
   * The numeric user of containers whose image has no profile and that name none themselves.
   *
   * @default - none: the image decides, `runAsNonRoot` stays, and a finding says what to set
   */
  readonly runAsUser?: number;

  /**
   * The numeric group of containers whose image has no profile and that name none themselves.
   *
   * @default - none
   */
  readonly runAsGroup?: number;

  /**
   * The CPU request of containers that state none.
   *
   * @default '50m'
   */
  readonly cpuRequest?: string;

  /**
   * The CPU limit of containers that state none. A limit throttles even when the node is idle.
   *
   * @default - no limit
   */
  readonly cpuLimit?: string;

  /**
   * The memory request of containers that state none.
   *
   * @default '128Mi', or the limit where that is less
   */
  readonly memoryRequest?: string;

  /**
   * The memory limit of containers that state none.
   *
   * @default - that of the image profile; none is invented: a finding says so
   */
  readonly memoryLimit?: string;

  /**
   * The request for local disk of containers that state none: logs and temp folders.
   *
   * @default '64Mi'
   */
  readonly ephemeralStorageRequest?: string;

  /**
   * The limit for local disk of containers that state none, besides the size limits of their temp folders.
   *
   * @default '256Mi'
   */
  readonly ephemeralStorageLimit?: string;

  /**
   * The size limit of temp folders that state none.
   *
   * @default '256Mi'
   */
  readonly tempFolderSizeLimit?: string;

  /**
   * How many old revisions are kept for a roll-back.
   *
   * @default 3
   */
  readonly revisionHistoryLimit?: number;

  /**
   * The labels of nodes over which replicas are spread, as far as possible. An empty list spreads nothing.
   *
   * @default ['kubernetes.io/hostname', 'topology.kubernetes.io/zone']
   */
  readonly topologyKeys?: string[];

  /**
   * Whether workloads with more than one replica get a PodDisruptionBudget with `maxUnavailable: 1`.
   *
   * @default true
   */
  readonly podDisruptionBudget?: boolean;

  /**
   * The runtime that isolates the pods: a RuntimeClass of the cluster, such as `gvisor` or `kata`.
   *
   * @default - the cluster's default
   */
  readonly runtimeClassName?: string;

  /**
   * `false` runs the pods in a user namespace of their own: root inside is nobody outside. On by default
   * in Kubernetes from 1.33 on, where the node supports it.
   *
   * @default - not said: the host's user namespace
   */
  readonly hostUsers?: boolean;

  /**
   * The AppArmor profile: `RuntimeDefault` or `Localhost/<name>`. Before Kubernetes 1.30 it is written as
   * annotations.
   *
   * @default - chosen by the container runtime
   */
  readonly appArmorProfile?: string;

  /**
   * The SELinux labels.
   *
   * @default - chosen by the container runtime
   */
  readonly seLinuxLabels?: SeLinuxLabels;

  /**
   * The PriorityClass of the pods.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
}

/** What holds where nobody says otherwise. */
export const BUILT_IN = {
  cpuRequest: '50m',
  memoryRequest: '128Mi',
  ephemeralStorageRequest: '64Mi',
  ephemeralStorageLimit: '256Mi',
  tempFolderSizeLimit: '256Mi',
  revisionHistoryLimit: 3,
  topologyKeys: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
  podDisruptionBudget: true,
} satisfies WorkloadDefaults;

/** The keys that hold a quantity. */
export const QUANTITY_KEYS = [
  'cpuRequest', 'cpuLimit', 'memoryRequest', 'memoryLimit',
  'ephemeralStorageRequest', 'ephemeralStorageLimit', 'tempFolderSizeLimit',
] as const;

/** Every key of WorkloadDefaults; the compiler holds it complete. */
export const WORKLOAD_KEYS = Object.keys({
  runAsUser: 0, runAsGroup: 0, cpuRequest: 0, cpuLimit: 0, memoryRequest: 0, memoryLimit: 0,
  ephemeralStorageRequest: 0, ephemeralStorageLimit: 0, tempFolderSizeLimit: 0, revisionHistoryLimit: 0,
  topologyKeys: 0, podDisruptionBudget: 0, runtimeClassName: 0, hostUsers: 0, appArmorProfile: 0,
  seLinuxLabels: 0, priorityClassName: 0,
} satisfies Record<keyof WorkloadDefaults, 0>) as (keyof WorkloadDefaults)[];
