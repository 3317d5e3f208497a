import { Fault } from '../../kube/faults';
import { describe } from '../../kube/kinds';
import { Manifest } from '../../kube/pod-spec';
import { Posture } from '../../posture/posture';
import { Waiver } from '../../posture/waiver';
import { adviceInCode } from '../pod-rule';
import { RBAC_RULES } from '../rbac';
import { Finding } from './finding';
import { Waivers, howToWaive } from './waivers';

/** What is to be said of a Role. */
export interface JudgedRole {
  readonly findings: readonly Finding[];
  readonly faults: readonly Fault[];
  readonly waiversUsed: readonly Waiver[];
}

/**
 * Judges a Role: rights are never taken away, they are spoken of; those that no workload should have need a waiver,
 * which is written onto the role that is handed in.
 */
export function judgeRole(manifest: Manifest, posture: Posture): JudgedRole {
  const waivers = new Waivers(posture);
  const findings = RBAC_RULES.flatMap(rule => rule.check(manifest)
    .filter(({ impliedBy }) => impliedBy === undefined)
    .map((violation): Finding => {
      const { id, severity } = rule;
      const { field, what, container } = violation;
      const waiver = waivers.for(id, { field, what, container });
      return {
        rule: id, severity, where: posture.where, subject: describe(manifest), field, what,
        advice: adviceInCode(rule, violation) + (waiver ? '' : howToWaive(id, severity, container)),
        ...(waiver && { waiver }),
      };
    }));
  const annotations = waivers.annotations();
  if (Object.keys(annotations).length) manifest.metadata.annotations = { ...manifest.metadata.annotations, ...annotations };
  return { findings, faults: waivers.faults(RBAC_RULES.map(({ id }) => id)), waiversUsed: waivers.all };
}
