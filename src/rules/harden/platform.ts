import { ContainerSecurity, PodSecurity } from '../../kube/pod-spec';
import { Remedy } from '../pod-rule';

/** The first minor version of Kubernetes with the field `appArmorProfile`. */
const APPARMOR_FIELD = 30;
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** The values of the annotations that stand for types of the field. */
const BEFORE_THE_FIELD: { readonly [type: string]: string } = { RuntimeDefault: 'runtime/default', Unconfined: 'unconfined' };

/** Sandboxes, user namespaces, mandatory access control and priority, where the organisation asks for them. */
export const platform: Remedy = (pod, { posture }) => {
  const { runtimeClassName, hostUsers, priorityClassName, seLinuxLabels, appArmorProfile } = posture;
  const { spec } = pod;
  if (runtimeClassName !== undefined) spec.runtimeClassName ??= runtimeClassName;
  if (priorityClassName !== undefined) spec.priorityClassName ??= priorityClassName;
  if (pod.windows) return;
  if (hostUsers !== undefined) spec.hostUsers ??= hostUsers;
  const context = spec.securityContext ??= {};
  if (seLinuxLabels) {
    context.seLinuxOptions ??= {
      ...(seLinuxLabels.level !== undefined && { level: seLinuxLabels.level }),
      ...(seLinuxLabels.labelType !== undefined && { type: seLinuxLabels.labelType }),
    };
  }
  if (appArmorProfile === undefined) return;
  const [type, name] = split(appArmorProfile);
  if (posture.kubernetesMinor >= APPARMOR_FIELD) {
    context.appArmorProfile ??= { type, ...(name && { localhostProfile: name }) };
    return;
  }
  const annotations = pod.meta.annotations ??= {};
  for (const { container, list } of pod.containers) {
    if (list !== 'ephemeralContainers') annotations[APPARMOR_ANNOTATION + container.name] ??= BEFORE_THE_FIELD[type] ?? `localhost/${name}`;
  }
};

/** `Localhost/k8s-nginx` is the type Localhost and the profile k8s-nginx. */
function split(profile: string): [type: string, name?: string] {
  const slash = profile.indexOf('/');
  return slash < 0 ? [profile] : [profile.slice(0, slash), profile.slice(slash + 1)];
}

const LINUX_ONLY_POD = [
  'fsGroup', 'fsGroupChangePolicy', 'runAsUser', 'runAsGroup', 'supplementalGroups', 'supplementalGroupsPolicy', 'seccompProfile', 'appArmorProfile',
  'seLinuxOptions', 'seLinuxChangePolicy', 'sysctls',
] as const;
const LINUX_ONLY_CONTAINER = ['runAsUser', 'runAsGroup', 'readOnlyRootFilesystem', 'allowPrivilegeEscalation', 'privileged', 'capabilities', 'procMount', 'seccompProfile', 'appArmorProfile', 'seLinuxOptions'] as const;

/** The API server refuses Linux fields on a Windows pod, also those that cdk8s-plus fills in. */
export const noLinuxFieldsOnWindows: Remedy = pod => {
  if (!pod.windows) return;
  strip(pod.spec.securityContext, LINUX_ONLY_POD);
  for (const { container } of pod.containers) strip(container.securityContext, LINUX_ONLY_CONTAINER);
};

function strip(context: PodSecurity | ContainerSecurity | undefined, keys: readonly string[]): void {
  for (const key of keys) if (context) delete context[key];
}
