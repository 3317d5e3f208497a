import { Json, JsonObject, isObject } from '../json';
import { podHolder } from '../kinds';
import { Refusal } from './refusal';

/** Controllers whose pods are started again however they end. */
const ALWAYS = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'ReplicationController'];
/** Those of whose pods an end is awaited; left out, the policy is Always. */
const ENDING = ['Job', 'CronJob'];
/** Controllers that must select the pods that they make. */
const SELECTING = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'];

/** A pod template that contradicts its controller, or itself. */
export function refusedTemplate(manifest: JsonObject): Refusal[] {
  const { holder, field } = podHolder(manifest) ?? {};
  if (!holder || field === undefined || !isObject(holder.spec)) return [];
  const { spec, metadata } = holder;
  const meta = isObject(metadata) ? metadata : {};
  return [...restartPolicy(String(manifest.kind), spec.restartPolicy, field), ...selector(manifest, meta), ...twice(spec, field)];
}

function restartPolicy(kind: string, policy: Json | undefined, field: string): Refusal[] {
  const is = policy === undefined || policy === null || policy === '' ? undefined : policy;
  if (ALWAYS.includes(kind) && (is === 'Never' || is === 'OnFailure')) {
    return [{ field: `${field}.restartPolicy`, what: `is '${is}', and a ${kind} restarts its pods always`, advice: 'Leave it out; what ends by itself is a Job.' }];
  }
  if (ENDING.includes(kind) && (is === undefined || is === 'Always')) {
    return [{ field: `${field}.restartPolicy`, what: `is ${is === undefined ? "not set, which means 'Always'" : "'Always'"}, and the pods of a ${kind} end`, advice: 'Write OnFailure or Never.' }];
  }
  return [];
}

/** A controller whose selector does not take its own pods would make more of them for ever. */
function selector(manifest: JsonObject, meta: JsonObject): Refusal[] {
  if (!SELECTING.includes(String(manifest.kind))) return [];
  const spec = isObject(manifest.spec) ? manifest.spec : {};
  const wanted = isObject(spec.selector) && isObject(spec.selector.matchLabels) ? spec.selector.matchLabels : {};
  const labels = isObject(meta.labels) ? meta.labels : {};
  const missing = Object.keys(wanted).filter(key => typeof wanted[key] === 'string' && !(Object.hasOwn(labels, key) && labels[key] === wanted[key]));
  return missing.slice(0, 1).map(key => ({
    field: 'spec.selector.matchLabels', what: `asks for ${key}=${String(wanted[key])}, which the pods of the template do not have`, advice: 'Write the same labels in both.',
  }));
}

/** Containers and volumes are known by their names. */
function twice(spec: JsonObject, field: string): Refusal[] {
  const found: Refusal[] = [];
  const containers = new Set<string>();
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) addRepeated(spec[list], `${field}.${list}`, 'container', containers, found);
  addRepeated(spec.volumes, `${field}.volumes`, 'volume', new Set(), found);
  return found;
}

function addRepeated(list: Json | undefined, field: string, noun: string, seen: Set<string>, found: Refusal[]): void {
  if (!Array.isArray(list)) return;
  for (const [i, item] of list.entries()) {
    if (!isObject(item) || typeof item.name !== 'string' || item.name === '') continue;
    const { name } = item;
    if (seen.has(name)) found.push({ field: `${field}[${i}].name`, what: `is '${name}', as another ${noun} is called`, advice: 'Give one of them another name.' });
    seen.add(name);
  }
}
