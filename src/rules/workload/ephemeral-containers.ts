import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * An ephemeral container is a session of debugging; the API server takes it for a pod that runs, never in a manifest.
 *
 * Fields: spec.ephemeralContainers
 * Wanted: undefined, or no entry
 */
export const podEphemeralContainers: PodRule = {
  id: 'pod-ephemeral-containers',
  title: 'No ephemeral containers in manifests',
  severity: Severity.WARNING,
  controls: { kyverno: 'other/block-ephemeral-containers' },
  advice: 'Remove it; kubectl debug adds one to a pod that runs.',
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field, list }) => list === 'ephemeralContainers' ? {
      field, what: `container '${container.name}' is one for debugging`, container: container.name,
    } : undefined),
  }],
};
