import { Severity } from '../../kube/severity';
import { PodRule, PodView, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

const ALLOWED = ['RuntimeDefault', 'Localhost'];
const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

function isAllowedAnnotation(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}

/** The pod or a container names a profile that filters nothing. */
function unconfined(pod: PodView): Violation[] {
  const profile = pod.spec.securityContext?.seccompProfile;
  const own: Violation[] = profile && !ALLOWED.includes(String(profile.type))
    ? [{ field: 'securityContext.seccompProfile.type', what: `the pod's seccomp profile is ${profile.type}` }] : [];
  return [...own, ...eachContainer(pod, ({ container, field }) => {
    const its = container.securityContext?.seccompProfile;
    return !its || ALLOWED.includes(String(its.type)) ? undefined : {
      field: `${field}.securityContext.seccompProfile.type`,
      what: `the seccomp profile of container '${container.name}' is ${its.type}`,
      container: container.name,
    };
  })];
}

/** Besides, a container has none, and the pod has none that holds for it. */
function unfiltered(pod: PodView): Violation[] {
  // A profile of the pod that filters nothing is spoken of by itself.
  const general = pod.spec.securityContext?.seccompProfile;
  return [...unconfined(pod), ...eachContainer(pod, ({ container, field }) => general || container.securityContext?.seccompProfile ? undefined : {
    field: `${field}.securityContext.seccompProfile.type`,
    what: `container '${container.name}' has no seccomp profile`,
    container: container.name,
  })];
}

/**
 * The runtime's default profile closes some 60 system calls that containers do not need.
 *
 * Restricted fields: spec.securityContext.seccompProfile.type,
 *   spec.{containers,initContainers,ephemeralContainers}[*].securityContext.seccompProfile.type
 * Allowed values: RuntimeDefault, Localhost; undefined in a container where the pod states one, and from 1.25 on in a Windows pod
 */
export const podSeccomp: PodRule = {
  id: 'pod-seccomp',
  title: 'A seccomp profile filters system calls',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'restricted', control: 'seccompProfile_restricted', overrides: 'seccompProfile_baseline' },
    cis: { 1.8: '5.7.2', 1.11: '5.6.2' }, nsa: 'Pod security enforcement', checkov: ['CKV_K8S_31', 'CKV_K8S_32'],
    kubeScore: 'container-seccomp-profile', kubescape: ['C-0055', 'C-0210'], polaris: 'linuxHardening',
    trivy: 'KSV-0030', kyverno: 'pod-security/restricted/restrict-seccomp-strict',
  },
  advice: 'Set seccompProfile to {type: RuntimeDefault}, in the securityContext of the pod.',
  inCode: 'Use the type RuntimeDefault.',
  mend: pod => {
    if (!pod.windows) (pod.spec.securityContext ??= {}).seccompProfile ??= { type: 'RuntimeDefault' };
  },
  versions: [
    { since: 19, check: unfiltered },
    { since: 25, check: pod => pod.windows ? [] : unfiltered(pod) },
  ],
};

/**
 * Where no profile is asked for, none may be switched off either.
 *
 * Restricted fields: those of pod-seccomp; before 1.19 the annotations
 *   seccomp.security.alpha.kubernetes.io/pod and container.seccomp.security.alpha.kubernetes.io/*
 * Allowed values: undefined, RuntimeDefault, Localhost; runtime/default, docker/default, localhost/*
 */
export const podSeccompUnconfined: PodRule = {
  id: 'pod-seccomp-unconfined',
  title: 'seccomp is not switched off',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'seccompProfile_baseline' }, cis: { 1.8: '5.7.2', 1.11: '5.6.2' },
    nsa: 'Pod security enforcement', checkov: 'CKV_K8S_31', kubescape: 'C-0210', trivy: 'KSV-0104',
    kyverno: 'pod-security/baseline/restrict-seccomp',
  },
  advice: 'Leave the profile out, or use RuntimeDefault.',
  versions: [
    {
      since: 0,
      check: pod => {
        const names = [POD_ANNOTATION, ...pod.containers.map(({ container }) => CONTAINER_ANNOTATION + container.name)];
        const annotations = pod.meta.annotations ?? {};
        return names.filter(name => annotations[name] !== undefined && !isAllowedAnnotation(annotations[name])).map((name): Violation => (
          { field: `metadata.annotations[${name}]`, what: `the seccomp profile is ${annotations[name]}` }
        ));
      },
    },
    // The stricter rule leaves Windows pods alone.
    { since: 19, check: pod => unconfined(pod).map(violation => pod.windows ? violation : { ...violation, impliedBy: 'pod-seccomp' }) },
  ],
};
