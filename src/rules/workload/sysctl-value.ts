import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';
import { Violation } from '../rule';

/** What no kernel parameter of a pod's own namespaces has in its value, and what tells one from the next for those who set them. */
const SEPARATOR = /[+=]/;

/**
 * A runtime that hands sysctls on as one text takes what stands behind a plus in a value for the next sysctl, unchecked:
 * by kernel.core_pattern a pod was root on its node, CVE-2022-0811 (CRI-O before 1.23.2).
 *
 * Fields: spec.securityContext.sysctls[*].value
 * Wanted: no plus and no equals sign
 */
export const podSysctlValue: PodRule = {
  id: 'pod-sysctl-value',
  title: 'A sysctl sets itself alone',
  severity: Severity.ERROR,
  controls: { kyverno: 'other/prevent-cr8escape' },
  advice: 'Write the value of this one sysctl, and nothing behind it.',
  versions: [{
    since: 0,
    check: ({ spec }) => (spec.securityContext?.sysctls ?? []).flatMap(({ name, value }, i): Violation[] => (
      SEPARATOR.test(value ?? '') ? [{ field: `securityContext.sysctls[${i}].value`, what: `the value of sysctl ${name} names another one: ${value}` }] : []
    )),
  }],
};
