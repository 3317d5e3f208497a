import { Severity } from '../../kube/severity';
import { PodRule, PodView, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

function unmasked(pod: PodView): Violation[] {
  return eachContainer(pod, ({ container, field }) => (container.securityContext?.procMount ?? 'Default') === 'Default' ? undefined : {
    field: `${field}.securityContext.procMount`,
    what: `container '${container.name}' sees /proc unmasked`,
    container: container.name,
  });
}

/**
 * An unmasked /proc shows and opens parts of the kernel. The default is right and is left out, since
 * scanners flag it when it is written.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.procMount
 * Allowed values: undefined, Default; from 1.35 on, any in a pod with a user namespace of its own
 */
export const podProcMount: PodRule = {
  id: 'pod-proc-mount',
  title: '/proc is masked',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'procMount' }, kubeLinter: 'unsafe-proc-mount', polaris: 'procMount',
    trivy: 'KSV-0027', kyverno: 'pod-security/baseline/disallow-proc-mount',
  },
  advice: 'Leave procMount out.',
  tidies: true,
  mend: pod => {
    for (const { container } of pod.containers) {
      if (container.securityContext?.procMount === 'Default') delete container.securityContext.procMount;
    }
  },
  versions: [
    { since: 0, check: unmasked },
    { since: 35, relaxes: true, check: pod => pod.spec.hostUsers === false ? [] : unmasked(pod) },
  ],
};

/**
 * At the strictest level a user namespace of its own is no reason for an unmasked /proc.
 *
 * Restricted fields: those of pod-proc-mount
 * Allowed values: undefined, Default
 */
export const podProcMountAlways: PodRule = {
  id: 'pod-proc-mount-always',
  title: '/proc is masked, in user namespaces too',
  severity: Severity.ERROR,
  controls: { pss: { level: 'restricted', control: 'procMount_restricted', overrides: 'procMount' } },
  advice: 'Leave procMount out.',
  versions: [{ since: 35, check: pod => unmasked(pod).map(violation => ({ ...violation, impliedBy: 'pod-proc-mount' })) }],
};
