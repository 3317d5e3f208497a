import type { IConstruct } from 'constructs';
import { PREFIX } from '../kube/annotations';
import { Fault } from '../kube/faults';
import { Severity } from '../kube/severity';
import { postureOf } from '../posture/posture';
import { Waiver } from '../posture/waiver';
import { Finding } from '../rules/harden/finding';
import { Waivers } from '../rules/harden/waivers';
import { LEVEL_RULE } from '../rules/level/namespace-pod-security';
import { Cause, Place, causesOf, levelUnwaived, podRefused, whyLowered } from './admission-texts';
import { enforcedAt } from './adoption-stage';
import { Contents } from './contents';
import { Admission, HinderedPod, finalLevel, hinderedPods, refusedPods } from './hindered-pods';
import { ENFORCE_FIELD } from './pod-security-labels';
import { EnforcedLevel, PodSecurityLevel } from './pod-security-level';

/** What Pod Security makes of the namespace and of what lies in it. */
export interface Verdict {
  /** Undefined where nothing is refused yet. */
  readonly enforced: EnforcedLevel | undefined;
  readonly kubernetesMinor: number;
  readonly hindered: readonly HinderedPod[];
  readonly faults: readonly Fault[];
  readonly findings: readonly Finding[];
  readonly waiversUsed: readonly Waiver[];
  readonly annotations: { readonly [key: string]: string };
}

/** Decides what Pod Security enforces, from what the namespace is told and from what lies in it by now. */
export function judgeAdmission(construct: IConstruct, name: string, asked: Admission, contents: Contents): Verdict {
  const posture = postureOf(construct);
  const place = { where: posture.where, name };
  const hindered = hinderedPods(contents.pods(), posture.kubernetesMinor, posture.today);
  const level = finalLevel(asked, hindered);
  const enforced = enforcedAt(asked.stage, level);
  const waivers = new Waivers({ ...posture, waivers: posture.waivers.filter(({ waiver }) => waiver.rule === LEVEL_RULE) });
  const isComputed = asked.level === PodSecurityLevel.STRICTEST;
  const waiver = level === 'restricted' ? undefined : waivers.for(LEVEL_RULE, { field: ENFORCE_FIELD, what: level });
  const causes = isComputed ? hindered.flatMap(causesOf) : [];
  const faults = waivers.faults([LEVEL_RULE]);
  return {
    enforced,
    kubernetesMinor: posture.kubernetesMinor,
    hindered,
    faults: [
      ...faults,
      ...(level !== 'restricted' && !isComputed && !waiver && !faults.length ? [levelUnwaived(place, level, LEVEL_RULE)] : []),
      ...refusedPods(asked, hindered).map(pod => podRefused(place, pod, asked.level, enforced!)),
    ],
    findings: [...(waiver && !isComputed ? [lowered(place, level, { waiver })] : []), ...causes.map(cause => lowered(place, level, cause))],
    waiversUsed: waivers.all,
    annotations: { ...waivers.annotations(), ...(causes.length > 0 && { [`${PREFIX}why`]: whyLowered(level, causes) }) },
  };
}

function lowered({ where, name }: Place, level: EnforcedLevel, { line, waiver }: Pick<Cause, 'waiver'> & Partial<Cause>): Finding {
  return {
    rule: LEVEL_RULE,
    severity: Severity.WARNING,
    where,
    subject: `Namespace ${name}`,
    field: ENFORCE_FIELD,
    what: `Pod Security is to enforce '${level}' only${line === undefined ? '' : `, for ${line}`}`,
    advice: line === undefined
      ? 'Leave the level out as soon as the pods allow it.'
      : 'Put the workload into a namespace of its own, so that the others are held to more.',
    waiver,
  };
}
