import { Json, JsonObject, isObject } from '../kube/json';
import { podPath } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';

// A name gives way to an empty one of the same form, of which the schema says what it says of any other. What stands in
// the place of a name and is none stays.

/** The kinds that select by plain labels; all others that do have matchLabels. */
const PLAIN: readonly string[] = ['Service', 'ReplicationController'];

/**
 * A manifest without what the object, its pods, their account, and those whom it selects are called. It shares what it can.
 *
 * @throws a RangeError where it is nested too deeply
 */
export function namelessOf(manifest: Manifest): Manifest {
  const nameless: Manifest = { ...manifest };
  const { kind, metadata, spec } = nameless;
  if (isObject(metadata)) {
    nameless.metadata = withoutLabels(metadata);
    blankText(nameless.metadata, 'name');
    blankText(nameless.metadata, 'namespace');
  }
  if (isObject(spec) && isObject(spec.selector)) {
    nameless.spec = { ...spec, selector: PLAIN.includes(kind) ? blankTexts(spec.selector) : blankSelector(spec.selector) };
  }
  const pod = podIn(nameless);
  if (!pod) return nameless;
  if (isObject(pod.metadata)) pod.metadata = withoutLabels(pod.metadata);
  if (isObject(pod.spec)) pod.spec = namelessPod(pod.spec);
  return nameless;
}

/** What holds the metadata and the spec of the pod: a copy, as is all that leads to it. */
function podIn(nameless: JsonObject): JsonObject | undefined {
  let holder = nameless;
  for (const key of podPath(nameless) ?? []) {
    const inner = holder[key];
    if (!isObject(inner)) return undefined;
    holder = holder[key] = { ...inner };
  }
  return holder;
}

function namelessPod(spec: JsonObject): JsonObject {
  const nameless = { ...spec };
  blankText(nameless, 'serviceAccountName');
  blankText(nameless, 'serviceAccount');
  const { topologySpreadConstraints: spread, affinity } = spec;
  if (Array.isArray(spread)) nameless.topologySpreadConstraints = spread.map(each => isObject(each) ? blankSelectorIn(each) : each);
  if (isObject(affinity)) nameless.affinity = withoutSelectors(affinity);
  return nameless;
}

/** Selectors lie deep in an affinity. */
function withoutSelectors(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSelectors);
  if (!isObject(value)) return value;
  const nameless = blankSelectorIn(value);
  for (const key of Object.keys(nameless)) {
    if (key !== 'labelSelector') nameless[key] = withoutSelectors(nameless[key]!);
  }
  return nameless;
}

function withoutLabels<T extends JsonObject>(meta: T): T {
  return isObject(meta.labels) ? { ...meta, labels: blankTexts(meta.labels) } : { ...meta };
}

function blankText(holder: JsonObject, key: string): void {
  if (typeof holder[key] === 'string') holder[key] = '';
}

function blankSelectorIn(holder: JsonObject): JsonObject {
  const { labelSelector } = holder;
  return isObject(labelSelector) ? { ...holder, labelSelector: blankSelector(labelSelector) } : { ...holder };
}

function blankSelector(selector: JsonObject): JsonObject {
  const { matchLabels } = selector;
  return isObject(matchLabels) ? { ...selector, matchLabels: blankTexts(matchLabels) } : selector;
}

function blankTexts(texts: JsonObject): JsonObject {
  for (const key of Object.keys(texts)) {
    if (typeof texts[key] !== 'string') return texts;
  }
  return {};
}
