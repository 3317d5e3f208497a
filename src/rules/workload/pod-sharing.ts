import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';
import { Violation } from '../rule';

/**
 * In one process namespace each container sees the others' arguments and environment, and signals and debugs what runs
 * as the same user.
 *
 * Fields: spec.shareProcessNamespace
 * Wanted: undefined, false
 */
export const podSharedProcesses: PodRule = {
  id: 'pod-shared-processes',
  title: 'Containers see their own processes alone',
  severity: Severity.WARNING,
  advice: 'Leave shareProcessNamespace out.',
  versions: [{
    since: 0,
    check: ({ spec }) => spec.shareProcessNamespace === true ? [{ field: 'shareProcessNamespace', what: 'every container sees the processes of the others' }] : [],
  }],
};

/**
 * A mount that is propagated both ways is made on the node, and in every other container that mounts the volume.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].volumeMounts[*].mountPropagation
 * Wanted: undefined, None, HostToContainer
 */
export const podMountPropagation: PodRule = {
  id: 'pod-mount-propagation',
  title: 'Nothing is mounted on the node',
  severity: Severity.ERROR,
  advice: 'Leave mountPropagation out; only a driver of storage needs it.',
  versions: [{
    since: 0,
    check: pod => {
      const found: Violation[] = [];
      for (const { container, field } of pod.containers) {
        container.volumeMounts?.forEach(({ mountPropagation }, i) => {
          if (mountPropagation !== 'Bidirectional') return;
          found.push({ field: `${field}.volumeMounts[${i}].mountPropagation`, what: `what container '${container.name}' mounts is mounted on its node`, container: container.name });
        });
      }
      return found;
    },
  }],
};

/**
 * Nodes are tainted to keep pods away: those of the control plane, those that are drained, those that fail. What runs
 * on every node on purpose is a DaemonSet.
 *
 * Fields: spec.tolerations[*]
 * Wanted: a key, or an effect, in each
 */
export const podToleratesEverything: PodRule = {
  id: 'pod-tolerates-everything',
  title: 'No toleration of every taint',
  severity: Severity.WARNING,
  advice: 'Name the key of the taint that is meant.',
  versions: [{
    since: 0,
    check: ({ spec: { tolerations }, kind }) => {
      const found: Violation[] = [];
      if (kind === 'DaemonSet' || !Array.isArray(tolerations)) return found;
      tolerations.forEach((toleration, i) => {
        if (isObject(toleration) && toleration.operator === 'Exists' && !toleration.key && !toleration.effect) {
          found.push({ field: `tolerations[${i}]`, what: 'the pod runs on any node, those of the control plane among them' });
        }
      });
      return found;
    },
  }],
};
