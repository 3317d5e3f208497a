import { Json, JsonObject } from './json';

// The fields of Kubernetes' API that the rules touch; every other field is kept as it is.

/** An entry of `capabilities`. */
export interface Capabilities extends JsonObject {
  add?: string[];
  drop?: string[];
}

/** `securityContext` of a container. */
export interface ContainerSecurity extends JsonObject {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  readOnlyRootFilesystem?: boolean;
  procMount?: string;
  capabilities?: Capabilities;
  seccompProfile?: { type?: string; localhostProfile?: string };
  appArmorProfile?: { type?: string; localhostProfile?: string };
  seLinuxOptions?: { level?: string; role?: string; type?: string; user?: string };
  windowsOptions?: { hostProcess?: boolean; runAsUserName?: string };
}

/** `securityContext` of a pod. */
export interface PodSecurity extends JsonObject {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  fsGroup?: number;
  fsGroupChangePolicy?: string;
  supplementalGroups?: number[];
  sysctls?: { name: string; value: string }[];
  seccompProfile?: { type?: string; localhostProfile?: string };
  appArmorProfile?: { type?: string; localhostProfile?: string };
  seLinuxOptions?: { level?: string; role?: string; type?: string; user?: string };
  windowsOptions?: { hostProcess?: boolean; runAsUserName?: string };
}

/** An entry of `volumeMounts`. */
export interface VolumeMount extends JsonObject {
  name: string;
  mountPath: string;
  subPath?: string;
  readOnly?: boolean;
}

/** An entry of `ports`. */
export interface ContainerPort extends JsonObject {
  containerPort: number;
  name?: string;
  protocol?: string;
  hostPort?: number;
}

/** `resources` of a container. */
export interface Resources extends JsonObject {
  requests?: { [resource: string]: string | number };
  limits?: { [resource: string]: string | number };
}

/** A container of any sort. */
export interface Container extends JsonObject {
  name: string;
  image?: string;
  imagePullPolicy?: string;
  args?: string[];
  command?: string[];
  env?: { name: string; value?: string; valueFrom?: JsonObject }[];
  envFrom?: JsonObject[];
  ports?: ContainerPort[];
  volumeMounts?: VolumeMount[];
  resources?: Resources;
  securityContext?: ContainerSecurity;
  livenessProbe?: JsonObject;
  readinessProbe?: JsonObject;
  startupProbe?: JsonObject;
  lifecycle?: JsonObject;
  restartPolicy?: string;
}

/** An entry of `volumes`. */
export interface Volume extends JsonObject {
  name: string;
}

/** The spec of a pod. */
export interface PodSpec extends JsonObject {
  containers: Container[];
  initContainers?: Container[];
  ephemeralContainers?: Container[];
  volumes?: Volume[];
  securityContext?: PodSecurity;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  hostUsers?: boolean;
  runtimeClassName?: string;
  priorityClassName?: string;
  restartPolicy?: string;
  os?: { name: string };
  nodeSelector?: { [key: string]: string };
  topologySpreadConstraints?: JsonObject[];
}

/** `metadata` of an object. */
export interface ObjectMeta extends JsonObject {
  name?: string;
  namespace?: string;
  labels?: { [key: string]: string };
  annotations?: { [key: string]: string };
}

/** An object of the API. */
export interface Manifest extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: JsonObject;
}

/** The lists of containers in a pod spec, in the order in which messages name them. */
export const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
/** The name of one of those lists. */
export type ContainerList = (typeof CONTAINER_LISTS)[number];

/** A container and where it stands in its pod. */
export interface Placed {
  readonly container: Container;
  readonly list: ContainerList;
  readonly index: number;
  /** The field path below the pod spec: `containers[0]`. */
  readonly field: string;
}

/** Every container of a pod: init, regular and ephemeral. */
export function placedContainers(spec: PodSpec): Placed[] {
  const placed: Placed[] = [];
  for (const list of CONTAINER_LISTS) {
    spec[list]?.forEach((container, index) => placed.push({ container, list, index, field: `${list}[${index}]` }));
  }
  return placed;
}

/** Tells whether the pod says that it runs on Windows. */
export function isWindows(spec: PodSpec): boolean {
  return spec.os?.name === 'windows';
}

/** Tells whether the container is a sidecar: an init container that stays. */
export function isSidecar(placed: Placed): boolean {
  return placed.list === 'initContainers' && placed.container.restartPolicy === 'Always';
}

/** Reads a field by its path of keys. */
export function at(value: Json | undefined, ...keys: string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return undefined;
    current = current[key];
  }
  return current;
}
