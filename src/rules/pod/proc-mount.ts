import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * An unmasked /proc shows and opens parts of the kernel. The default is right and is left out, since
 * scanners flag it when it is written.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.procMount
 * Allowed values: undefined, Default
 */
export const podProcMount: PodRule = {
  id: 'pod-proc-mount',
  title: '/proc is masked',
  severity: Severity.ERROR,
  controls: { pss: 'baseline' },
  advice: 'Leave procMount out.',
  mend: pod => {
    for (const { container } of pod.containers) {
      if (container.securityContext?.procMount === 'Default') delete container.securityContext.procMount;
    }
  },
  check: pod => eachContainer(pod, ({ container, field }) => (container.securityContext?.procMount ?? 'Default') === 'Default' ? undefined : {
    field: `${field}.securityContext.procMount`,
    what: `container '${container.name}' sees /proc unmasked`,
    container: container.name,
  }),
};
