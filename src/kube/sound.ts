import { Json, JsonObject, isObject } from './json';
import { withPod } from './kinds';
import { CONTAINER_LISTS, Container, ContainerSecurity, Manifest, PodSecurity, PodSpec } from './pod-spec';

/** Fields, each with the test that its value has to pass. */
type Shape = readonly (readonly [field: string, test: (value: Json) => boolean])[];

const isText = (value: Json): value is string => typeof value === 'string';
const isNumber = (value: Json): boolean => typeof value === 'number';
const isFlag = (value: Json): boolean => typeof value === 'boolean';
const isTexts = (value: Json): boolean => Array.isArray(value) && value.every(isText);
const isTextMap = (value: Json): boolean => isObject(value) && Object.values(value).every(item => isText(item as Json));
const isObjects = (value: Json): boolean => Array.isArray(value) && value.every(isObject);

const META = shape({ labels: isTextMap, annotations: isTextMap });
const SECURITY = shape({
  runAsNonRoot: isFlag, runAsUser: isNumber, runAsGroup: isNumber, fsGroup: isNumber, privileged: isFlag, allowPrivilegeEscalation: isFlag,
  readOnlyRootFilesystem: isFlag, procMount: isText, fsGroupChangePolicy: isText,
  supplementalGroups: value => Array.isArray(value) && value.every(isNumber),
  sysctls: value => isObjects(value) && (value as JsonObject[]).every(({ name }) => typeof name === 'string'),
  capabilities: isObject, seccompProfile: isObject, appArmorProfile: isObject, seLinuxOptions: isObject, windowsOptions: isObject,
});
const CAPABILITIES = shape({ add: isTexts, drop: isTexts });
const SELINUX = shape({ type: isText, user: isText, role: isText, level: isText });
const CONTAINER = shape({
  image: isText, imagePullPolicy: isText, args: isTexts, command: isTexts, env: isObjects, envFrom: isObjects, ports: isObjects,
  volumeMounts: isObjects, resources: isObject, securityContext: isObject, livenessProbe: isObject, readinessProbe: isObject, startupProbe: isObject,
  lifecycle: isObject, restartPolicy: isText,
});
const RESOURCES = shape({ requests: isObject, limits: isObject });
const POD = shape({
  volumes: isObjects, securityContext: isObject, serviceAccountName: isText, automountServiceAccountToken: isFlag, enableServiceLinks: isFlag,
  hostNetwork: isFlag, hostPID: isFlag, hostIPC: isFlag, hostUsers: isFlag, os: isObject, nodeSelector: isTextMap,
});

/**
 * The manifest without the fields whose type is not what Kubernetes reads there: `null` counts as absent, and a
 * wrong type is the schema's to speak of. What is left can be read without further tests. The manifest is not
 * changed; what is sound in it is shared, not copied.
 */
export function sound(manifest: Manifest): Manifest {
  const whole = set(manifest, 'metadata', kept(manifest.metadata, META));
  return withPod(whole, ({ meta, spec }) => ({ meta: kept(meta, META), spec: soundPod(spec) }));
}

function soundPod(written: PodSpec): PodSpec {
  let spec = kept(written, POD);
  spec = set(spec, 'securityContext', spec.securityContext && soundSecurity(spec.securityContext));
  for (const list of CONTAINER_LISTS) {
    const containers: unknown = spec[list];
    if (containers === undefined && list !== 'containers') continue;
    spec = set(spec, list, soundContainers(containers));
  }
  return spec;
}

/** The list itself where every container is sound. */
function soundContainers(written: unknown): Container[] {
  const all: readonly unknown[] = Array.isArray(written) ? written : [];
  const clean = all.filter(isObject).map(container => soundContainer(container as Container));
  return all === written && clean.length === all.length && clean.every((container, i) => container === all[i]) ? all as Container[] : clean;
}

function soundContainer(written: Container): Container {
  let container = set(kept(written, CONTAINER), 'name', String(written.name ?? ''));
  const { securityContext, resources } = container;
  if (securityContext) container = set(container, 'securityContext', soundSecurity(securityContext));
  if (resources) container = set(container, 'resources', kept(resources, RESOURCES));
  return container;
}

function soundSecurity<T extends ContainerSecurity | PodSecurity>(written: T): T {
  let context = kept(written, SECURITY);
  if (isObject(context.capabilities)) context = set(context, 'capabilities', kept(context.capabilities, CAPABILITIES));
  if (isObject(context.seLinuxOptions)) context = set(context, 'seLinuxOptions', kept(context.seLinuxOptions, SELINUX));
  return context;
}

function shape(tests: { readonly [field: string]: (value: Json) => boolean }): Shape {
  return Object.entries(tests);
}

/** The object without the fields that fail their tests: itself where none does. */
function kept<T extends JsonObject>(object: T, tests: Shape): T {
  let result = object;
  for (const [field, test] of tests) {
    const value = object[field];
    if (value === undefined || (value !== null && test(value))) continue;
    if (result === object) result = { ...object };
    delete result[field];
  }
  return result;
}

/** The object with another value in a field: itself where it is the same one. */
function set<T extends JsonObject, K extends keyof T>(object: T, field: K, value: T[K]): T {
  return object[field] === value ? object : { ...object, [field]: value };
}
