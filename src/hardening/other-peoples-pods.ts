import { customWorkload, standIns } from '../kube/embedded-pods';
import { Fault } from '../kube/faults';
import { copy, equal } from '../kube/json';
import { describe, podPart } from '../kube/kinds';
import { Manifest, PodSpec } from '../kube/pod-spec';
import { Severity } from '../kube/severity';
import { sound } from '../kube/sound';
import { Posture } from '../posture/posture';
import { Finding } from '../rules/harden/finding';
import { harden, inOrder } from '../rules/harden/harden';
import { overlay } from '../rules/mend/overlay';
import { withoutNulls } from '../rules/mend/without-nulls';

/** Tells whether rights are granted to a service account. */
export type Grants = (account: string, namespace: string | undefined) => boolean;

/** What hardening makes of an object that others wrote. */
export interface HardenedPods {
  readonly manifest: Manifest;
  readonly faults: readonly Fault[];
  /** What cannot be known from here, and was decided for the safe side. */
  readonly findings: readonly Finding[];
}

/**
 * Hardens the pods of an object that others wrote, whole, as it does those of a workload of ours. Of other people's kinds
 * only those are touched whose controllers take a pod as it stands. What has no pod comes back as it is. Pure.
 */
export function hardenPods(written: Manifest, posture: Posture, isGranted: Grants): HardenedPods {
  if (customWorkload(written)?.templates === 'whole') return hardenEmbedded(written, posture, isGranted);
  const plain = withoutNulls(copy(written)) as Manifest;
  const part = podPart(plain);
  if (!part) return { manifest: written, faults: [], findings: [] };
  if (!isSound(plain)) return { manifest: written, faults: [unsound(posture)], findings: [] };
  const { manifest, faults } = harden(plain, { foreign: true, apiToken: needsToken(part.spec, written, isGranted) }, posture);
  return {
    manifest: equal(plain, written) ? manifest : inOrder(overlay(written, plain, manifest) as Manifest),
    faults,
    findings: lostToken(part.spec, written, part.field, posture, isGranted),
  };
}

function hardenEmbedded(written: Manifest, posture: Posture, isGranted: Grants): HardenedPods {
  const manifest = copy(written);
  const outcomes = standIns(manifest).map(({ manifest: standIn, pod, fieldOf }) => {
    const { manifest: hardened, faults, findings } = hardenPods(standIn, posture, isGranted);
    const { template } = (hardened.spec ?? hardened) as { template: object };
    Object.assign(pod.holder, template);
    return { faults, findings: findings.map(finding => ({ ...finding, subject: describe(written), field: fieldOf(finding.field) })) };
  });
  return {
    manifest: outcomes.length ? inOrder(manifest) : written,
    faults: outcomes.flatMap(({ faults }) => faults),
    findings: outcomes.flatMap(({ findings }) => findings),
  };
}

/** Whoever writes a text for a number meant something; what, is not guessed. */
function isSound(manifest: Manifest): boolean {
  return equal(sound(copy(manifest)), manifest);
}

function unsound({ where }: Posture): Fault {
  return new Fault({
    where,
    what: 'a field of the pod has a type that the API server refuses, so the pod cannot be hardened',
    id: 'pod-unsound',
    advice: 'Correct that first.',
  });
}

function accountOf({ serviceAccountName, serviceAccount }: PodSpec): string {
  return [serviceAccountName, serviceAccount].find((name): name is string => typeof name === 'string' && name !== '') ?? 'default';
}

function needsToken(spec: PodSpec, { metadata }: Manifest, isGranted: Grants): boolean {
  return spec.automountServiceAccountToken !== false && isGranted(accountOf(spec), metadata.namespace);
}

/** An account with a name was made for something, which may be granted elsewhere. */
function lostToken(spec: PodSpec, manifest: Manifest, field: string, { where }: Posture, isGranted: Grants): Finding[] {
  const account = accountOf(spec);
  if (spec.automountServiceAccountToken !== undefined || account === 'default' || isGranted(account, manifest.metadata.namespace)) return [];
  return [{
    rule: 'pod-token-automount',
    severity: Severity.WARNING,
    where,
    subject: describe(manifest),
    field: `${field}.automountServiceAccountToken`,
    what: `the token of the account '${account}' is no longer mounted, since nothing in this app grants it rights`,
    advice: 'If rights are granted to it elsewhere, say automountServiceAccountToken: true, and a token that expires is mounted.',
  }];
}
