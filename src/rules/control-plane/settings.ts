import { Json, JsonObject, isObject } from '../../kube/json';
import { podHolder } from '../../kube/kinds';
import { CONTAINER_LISTS } from '../../kube/pod-spec';
import { commandLine } from './command-line';
import { Settings } from './component';
import { isConfiguration, settingsInConfiguration } from './configurations';

const known = new WeakMap<JsonObject, readonly Settings[]>();
const NOTHING: readonly Settings[] = [];

/** Every setup of a part of the control plane, or of a node, that a manifest holds; looked for once. */
export function settingsOf(manifest: JsonObject): readonly Settings[] {
  const found = known.get(manifest) ?? (isConfiguration(manifest) ? settingsInConfiguration(manifest) : inPod(manifest));
  known.set(manifest, found);
  return found;
}

function inPod(manifest: JsonObject): readonly Settings[] {
  const { holder, field } = podHolder(manifest) ?? {};
  const spec = holder?.spec;
  if (!isObject(spec)) return NOTHING;
  let found: Settings[] | undefined;
  for (const list of CONTAINER_LISTS) {
    const containers: Json | undefined = spec[list];
    if (!Array.isArray(containers)) continue;
    containers.forEach((container, i) => {
      const settings = isObject(container) ? commandLine(container, `${field}.${list}[${i}]`) : undefined;
      if (settings) (found ??= []).push(settings);
    });
  }
  return found ?? NOTHING;
}
