import { describe, podPart } from '../kube/kinds';
import { Severity } from '../kube/severity';
import { Finding } from '../rules/harden/finding';
import { breaches } from './admission-texts';
import { AdoptionStage, stageAfter } from './adoption-stage';
import { Content, Contents } from './contents';
import { cutOff } from './cut-off';
import { Admission, HinderedPod, refusedPods } from './hindered-pods';

/** What the next stage would break. */
export const STAGE_RULE = 'namespace-stage';

/** What cannot be changed on an object that runs already: the API server refuses the whole change. */
const IMMUTABLE: { readonly [kind: string]: readonly string[] } = {
  Deployment: ['selector'],
  ReplicaSet: ['selector'],
  DaemonSet: ['selector'],
  StatefulSet: ['selector', 'serviceName', 'volumeClaimTemplates', 'podManagementPolicy'],
  Job: ['template'],
};

/** What the next stage of a namespace's adoption would break, and what stands in the way of this one. */
export function stageFindings(asked: Admission, hindered: readonly HinderedPod[], contents: Contents): Finding[] {
  const next = stageAfter(asked.stage);
  if (!next) return [];
  const already = new Set(refusedPods(asked, hindered).map(({ where }) => where));
  const pods = contents.pods();
  return [
    ...refusedPods({ ...asked, stage: next }, hindered).filter(({ where }) => !already.has(where)).map(pod => finding(
      pod, pod.hindrances[0].field, `at the stage '${next}' the API server would refuse its pods: ${breaches(pod)}`,
      'Make it a hardened workload, mend its pods, or put it into another namespace.',
    )),
    ...(next === AdoptionStage.WARN ? [...pods.filter(usesDefaultAccount).map(tokenLost), ...pods.flatMap(immutable)] : []),
    ...(next === AdoptionStage.ENFORCE ? pods.flatMap(pod => cutOff(pod.manifest, contents).map(({ what, advice }) => finding(pod, 'metadata.labels', what, advice))) : []),
  ];
}

function usesDefaultAccount({ manifest }: Content): boolean {
  const { spec } = podPart(manifest)!;
  return (spec.serviceAccountName ?? 'default') === 'default' && spec.automountServiceAccountToken === undefined;
}

function tokenLost(pod: Content): Finding {
  return finding(
    pod, `${podPart(pod.manifest)!.field}.serviceAccountName`,
    `at the stage '${AdoptionStage.WARN}' its new pods no longer get the API token of the default service account`,
    'If it asks the API server, give it a service account of its own with the rights that it needs.',
  );
}

function immutable(content: Content): Finding[] {
  const { kind, spec = {} } = content.manifest;
  return (IMMUTABLE[kind] ?? []).filter(key => spec[key] !== undefined).map(key => finding(
    content, `spec.${key}`, 'it cannot be changed on an object that runs already',
    'Compare it with what runs, by \'kubectl diff\'; where it differs, delete the object first (kubectl delete --cascade=orphan keeps its pods), or give it another name.',
  ));
}

function finding({ where, manifest }: Content, field: string, what: string, advice: string): Finding {
  return { rule: STAGE_RULE, severity: Severity.WARNING, where, subject: describe(manifest), field, what, advice };
}
