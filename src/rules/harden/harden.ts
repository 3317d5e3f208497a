import { Fault } from '../../kube/faults';
import { copy, sorted, sortedInPlace } from '../../kube/json';
import { describe, podPart } from '../../kube/kinds';
import { Manifest } from '../../kube/pod-spec';
import { isRole } from '../../kube/rbac';
import { NEWEST_KUBERNETES, minorOf } from '../../kube/versions';
import { Posture } from '../../posture/posture';
import { Waiver } from '../../posture/waiver';
import { Knowledge } from '../knowledge';
import { POD_RULES } from '../pod';
import { Remedy, StillPod, adviceInCode, breaches } from '../pod-rule';
import { RBAC_RULES } from '../rbac';
import { Claims } from './claims';
import { checkContainers } from './containers';
import { hardenController } from './controller';
import { Finding } from './finding';
import { addFolders } from './folders';
import { imageNeeds } from './image-needs';
import { JUDGED_RULES } from './judged-rules';
import { noInventedProbes, pullPolicy } from './lifecycle';
import { lowPorts } from './low-ports';
import { noLinuxFieldsOnWindows, platform } from './platform';
import { resources } from './resources';
import { judgeRole } from './role';
import { secretFolders } from './secret-folders';
import { token } from './token';
import { users, volumeGroups } from './users';
import { Waivers, howToWaive } from './waivers';

/** What hardening makes of a manifest. */
export interface Hardened {
  /** The manifest, hardened; keys sorted. */
  readonly manifest: Manifest;
  /** What is left to say: breaches that were made on purpose, and what only a person can decide. */
  readonly findings: readonly Finding[];
  /** Those of them that are errors which no waiver allows, where it costs less to tell these alone. @default - those among findings */
  readonly errors?: readonly Finding[];
  /** Wrong or missing input, for which there is no waiver. */
  readonly faults: readonly Fault[];
  readonly waiversUsed: readonly Waiver[];
}

const NEWEST_MINOR = minorOf(NEWEST_KUBERNETES)!;

/** What the containers that fill folders take over from those that they fill them for. */
const BEFORE_FOLDERS: readonly Remedy[] = [pullPolicy, imageNeeds, noInventedProbes, users];
/** What looks at all containers and mounts. */
const AFTER_FOLDERS: readonly Remedy[] = [volumeGroups, platform, lowPorts, secretFolders, token, resources, noLinuxFieldsOnWindows];

/** The ids of the rules that hardening asks. */
export const RULE_IDS: readonly string[] = [...POD_RULES, ...RBAC_RULES].map(({ id }) => id);

/** The ids of the rules that a waiver on a workload can be for. */
export const WAIVABLE_RULES: readonly string[] = [...RULE_IDS, ...JUDGED_RULES];

/**
 * The one hardening function. Pure: what is handed in is not changed, and the same input gives the same
 * output. Of manifests without a pod, roles are judged.
 */
export function harden(input: Manifest, claims: Claims, posture: Posture): Hardened {
  return hardenInPlace(copy(input), claims, posture);
}

/** The same for a manifest that nobody else holds: it is changed. No part of it may stand in two places. */
export function hardenInPlace(manifest: Manifest, claims: Claims, posture: Posture): Hardened {
  const part = podPart(manifest);
  if (!part) {
    const judged = isRole(manifest) ? judgeRole(manifest, posture) : { findings: [], faults: [], waiversUsed: [] };
    return { manifest: headFirst(sortedInPlace(manifest)), ...judged };
  }
  const bare = new StillPod(part.spec, part.meta, part.field, manifest.kind);
  const knowledge = new Knowledge(posture, claims, [posture.kubernetesMinor, NEWEST_MINOR], true);
  checkContainers(bare, knowledge);
  for (const remedy of BEFORE_FOLDERS) remedy(bare, knowledge);
  addFolders(manifest, bare, knowledge);
  // Folders may bring containers of their own; nothing else does.
  const pod = new StillPod(part.spec, part.meta, part.field, manifest.kind);
  for (const remedy of AFTER_FOLDERS) remedy(pod, knowledge);
  for (const rule of POD_RULES) rule.mend?.(pod, knowledge);
  hardenController(manifest, posture);

  const waivers = new Waivers(posture, JUDGED_RULES);
  const subject = describe(manifest);
  const findings: Finding[] = [];
  for (const rule of POD_RULES) {
    for (const violation of breaches(rule, pod, knowledge)) {
      const waiver = waivers.for(rule.id, violation);
      const { container } = violation;
      findings.push({
        rule: rule.id,
        severity: rule.severity,
        where: posture.where,
        subject,
        field: violation.field.startsWith('metadata.') ? part.field.replace(/spec$/, '') + violation.field : `${part.field}.${violation.field}`,
        what: violation.what,
        advice: adviceInCode(rule, violation) + (waiver ? '' : howToWaive(rule.id, rule.severity, container)),
        ...(container !== undefined && { container }),
        ...(waiver && { waiver }),
      });
    }
  }
  const annotations = waivers.annotations();
  if (Object.keys(annotations).length) manifest.metadata.annotations = { ...manifest.metadata.annotations, ...annotations };
  return {
    manifest: headFirst(sortedInPlace(manifest)),
    findings,
    faults: [...knowledge.faults, ...waivers.faults(WAIVABLE_RULES, claims.waiversUsed)],
    waiversUsed: waivers.all,
  };
}

/** Keys sorted, but for apiVersion, kind and metadata, which come first: as cdk8s writes them. */
export function inOrder(manifest: Manifest): Manifest {
  return headFirst(sorted(manifest));
}

function headFirst(manifest: Manifest): Manifest {
  const [first, second, third] = Object.keys(manifest);
  if (first === 'apiVersion' && second === 'kind' && third === 'metadata') return manifest;
  const { apiVersion, kind, metadata, ...rest } = manifest;
  return { apiVersion, kind, metadata, ...rest };
}
