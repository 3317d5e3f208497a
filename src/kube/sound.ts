import { Json, JsonObject, isObject } from './json';
import { podPart } from './kinds';
import { CONTAINER_LISTS, Manifest, PodSpec } from './pod-spec';

/** A field and the test that its value has to pass. */
type Shape = { readonly [field: string]: (value: Json) => boolean };

const isText = (value: Json): value is string => typeof value === 'string';
const isNumber = (value: Json): boolean => typeof value === 'number';
const isFlag = (value: Json): boolean => typeof value === 'boolean';
const isTexts = (value: Json): boolean => Array.isArray(value) && value.every(isText);
const isTextMap = (value: Json): boolean => isObject(value) && Object.values(value).every(item => isText(item as Json));
const isObjects = (value: Json): boolean => Array.isArray(value) && value.every(isObject);

const SECURITY: Shape = {
  runAsNonRoot: isFlag, runAsUser: isNumber, runAsGroup: isNumber, fsGroup: isNumber, privileged: isFlag, allowPrivilegeEscalation: isFlag,
  readOnlyRootFilesystem: isFlag, procMount: isText, fsGroupChangePolicy: isText,
  supplementalGroups: value => Array.isArray(value) && value.every(isNumber),
  sysctls: value => isObjects(value) && (value as JsonObject[]).every(({ name }) => typeof name === 'string'),
  capabilities: isObject, seccompProfile: isObject, appArmorProfile: isObject, seLinuxOptions: isObject, windowsOptions: isObject,
};
const CONTAINER: Shape = {
  image: isText, imagePullPolicy: isText, args: isTexts, command: isTexts, env: isObjects, envFrom: isObjects, ports: isObjects,
  volumeMounts: isObjects, resources: isObject, securityContext: isObject, livenessProbe: isObject, readinessProbe: isObject, startupProbe: isObject,
  lifecycle: isObject, restartPolicy: isText,
};
const POD: Shape = {
  volumes: isObjects, securityContext: isObject, serviceAccountName: isText, automountServiceAccountToken: isFlag, enableServiceLinks: isFlag,
  hostNetwork: isFlag, hostPID: isFlag, hostIPC: isFlag, hostUsers: isFlag, os: isObject, nodeSelector: isTextMap,
};

/**
 * The manifest without the fields whose type is not what Kubernetes reads there: `null` counts as absent, and a
 * wrong type is the schema's to speak of. What is left can be read without further tests. The manifest is changed.
 */
export function sound(manifest: Manifest): Manifest {
  const { metadata } = manifest;
  keep(metadata, { labels: isTextMap, annotations: isTextMap });
  const part = podPart(manifest);
  if (!part) return manifest;
  keep(part.meta, { labels: isTextMap, annotations: isTextMap });
  soundPod(part.spec);
  return manifest;
}

function soundPod(spec: PodSpec): void {
  keep(spec, POD);
  if (spec.securityContext) soundSecurity(spec.securityContext);
  for (const list of CONTAINER_LISTS) {
    const containers: unknown = spec[list];
    if (containers === undefined && list !== 'containers') continue;
    spec[list] = (Array.isArray(containers) ? containers.filter(isObject) : []) as never;
    for (const container of spec[list] ?? []) {
      container.name = String(container.name ?? '');
      keep(container, CONTAINER);
      if (container.securityContext) soundSecurity(container.securityContext);
      if (container.resources) keep(container.resources, { requests: isObject, limits: isObject });
    }
  }
}

function soundSecurity(context: JsonObject): void {
  keep(context, SECURITY);
  if (isObject(context.capabilities)) keep(context.capabilities, { add: isTexts, drop: isTexts });
  if (isObject(context.seLinuxOptions)) keep(context.seLinuxOptions, { type: isText, user: isText, role: isText, level: isText });
}

function keep(object: JsonObject, shape: Shape): void {
  for (const [field, test] of Object.entries(shape)) {
    const value = object[field];
    if (value !== undefined && (value === null || !test(value))) delete object[field];
  }
}
