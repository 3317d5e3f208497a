import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

/**
 * Logs and temporary files lie on the node's disk, which all its pods share: one that fills it up has others evicted.
 *
 * Fields: spec.{containers,initContainers}[*].resources.limits.ephemeral-storage
 * Wanted: a quantity, which stands in for the request
 */
export const podLocalDisk: PodRule = {
  id: 'pod-local-disk',
  title: "The node's disk is limited",
  severity: Severity.WARNING,
  controls: { kubeScore: ['container-ephemeral-storage-request-and-limit', 'container-ephemeral-storage-request-equals-limit'] },
  advice: 'Set resources.requests and resources.limits for ephemeral-storage: logs, the container\'s own layer and emptyDir volumes on disk count.',
  versions: [{
    since: 0,
    check: pod => pod.windows ? [] : eachContainer(pod, ({ container, field, list }) => (
      list === 'ephemeralContainers' || (container.resources?.limits?.['ephemeral-storage'] ?? null) !== null ? undefined : {
        field: `${field}.resources.limits.ephemeral-storage`,
        what: `container '${container.name}' may fill the disk of its node`,
        container: container.name,
      }
    )),
  }],
};

/**
 * A folder that has no size grows until the node's disk, or its memory, is full.
 *
 * Fields: spec.volumes[*].emptyDir.sizeLimit
 * Wanted: a quantity
 */
export const podEmptyDirSize: PodRule = {
  id: 'pod-empty-dir-size',
  title: 'Temporary folders have a size',
  severity: Severity.WARNING,
  controls: { kyverno: ['other/add-emptydir-sizelimit', 'other/require-emptydir-requests-limits'] },
  advice: 'Set sizeLimit to the most that may lie in it, such as 256Mi.',
  inCode: 'State a size limit, or name the folder in tempFolders, which have one.',
  versions: [{
    since: 0,
    check: ({ spec: { volumes = [] } }) => {
      const found: Violation[] = [];
      volumes.forEach(({ name, emptyDir }, i) => {
        if (!isObject(emptyDir) || (emptyDir.sizeLimit ?? null) !== null) return;
        found.push({ field: `volumes[${i}].emptyDir.sizeLimit`, what: `volume '${name}' may fill the ${emptyDir.medium === 'Memory' ? 'memory' : 'disk'} of its node` });
      });
      return found;
    },
  }],
};
