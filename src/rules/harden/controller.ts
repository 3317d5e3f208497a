import { copy, isObject, JsonObject } from '../../kube/json';
import { podPart } from '../../kube/kinds';
import { Manifest } from '../../kube/pod-spec';
import { Posture } from '../../posture/posture';

const ROLLING = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** What belongs to the controller of the pods, not to the pod: revisions, updates, spread. */
export function hardenController(manifest: Manifest, posture: Posture): void {
  const spec = manifest.spec;
  if (!spec || !ROLLING.includes(manifest.kind)) return;
  spec.revisionHistoryLimit ??= posture.revisionHistoryLimit;
  if (manifest.kind === 'Deployment') spec.strategy ??= { type: 'RollingUpdate' };
  if (manifest.kind === 'DaemonSet') spec.updateStrategy ??= { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } };
  if (manifest.kind === 'StatefulSet') spec.updateStrategy ??= { type: 'RollingUpdate' };
  if (manifest.kind !== 'DaemonSet') spread(manifest, spec, posture.topologyKeys ?? []);
}

/** Replicas on different nodes and zones as far as possible; never at the price of a pod that cannot be placed. */
function spread(manifest: Manifest, spec: JsonObject, keys: readonly string[]): void {
  const pod = podPart(manifest)?.spec;
  const several = spec.replicas === undefined || Number(spec.replicas) > 1;
  if (!pod || !several || !keys.length || pod.topologySpreadConstraints || !isObject(spec.selector)) return;
  const { selector } = spec;
  pod.topologySpreadConstraints = keys.map(topologyKey => ({ labelSelector: copy(selector), maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway' }));
}
