import { Fault } from '../kube/faults';
import { EnforcedLevel } from './pod-security-level';

const PREFIX = 'pod-security.kubernetes.io/';
/** The field path of the label that decides. */
export const ENFORCE_FIELD = `metadata.labels[${PREFIX}enforce]`;

interface Labels {
  [key: string]: string;
}

/**
 * The labels of Pod Security. The version that is enforced is pinned, so that an upgrade of the cluster refuses no
 * pods; audit and warn show before what a newer one would refuse.
 *
 * @param enforced undefined where nothing is to be refused yet
 */
export function podSecurityLabels(enforced: EnforcedLevel | undefined, kubernetesMinor: number): Labels {
  return {
    ...(enforced !== undefined && { [`${PREFIX}enforce`]: enforced, [`${PREFIX}enforce-version`]: `v1.${kubernetesMinor}` }),
    [`${PREFIX}audit`]: 'restricted',
    [`${PREFIX}audit-version`]: 'latest',
    [`${PREFIX}warn`]: 'restricted',
    [`${PREFIX}warn-version`]: 'latest',
  };
}

/** Lays labels over those of the namespace; one that says otherwise is refused. */
export function withLabels(where: string, said: Labels = {}, wanted: Labels): Labels {
  const labels = { ...said };
  for (const [key, value] of Object.entries(wanted)) {
    if ((labels[key] ?? value) !== value) throw taken(where, key, labels[key], value);
    labels[key] = value;
  }
  return labels;
}

function taken(where: string, key: string, said: string, value: string): Fault {
  return new Fault({
    where,
    what: `the label '${key}: ${said}' would change what SecureNamespace enforces, '${value}'`,
    id: 'namespace-label-taken',
    advice: key === `${PREFIX}enforce-version`
      ? 'Leave the label out, and say the version of the cluster with SecurityDefaults: { kubernetesVersion }.'
      : 'Leave the label out, and say { level: PodSecurityLevel.STRICTEST } where waived pods need less.',
  });
}
