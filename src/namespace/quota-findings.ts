import { describe, podPart } from '../kube/kinds';
import { Severity } from '../kube/severity';
import { Finding } from '../rules/harden/finding';
import { Contents } from './contents';

/** What a quota cannot count. */
export const QUOTA_RULE = 'namespace-quota';

/** Pods with a RuntimeClass that is not part of the app: the API server adds what it costs to each of them. */
export function quotaFindings(contents: Contents): Finding[] {
  const known = new Set(contents.clusterWide('RuntimeClass').map(({ metadata }) => metadata.name));
  return contents.pods().flatMap(({ where, manifest }): Finding[] => {
    const { field, spec: { runtimeClassName, overhead } } = podPart(manifest)!;
    if (runtimeClassName === undefined || overhead !== undefined || known.has(runtimeClassName)) return [];
    return [{
      rule: QUOTA_RULE,
      severity: Severity.WARNING,
      where,
      subject: describe(manifest),
      field: `${field}.runtimeClassName`,
      what: `what the RuntimeClass '${runtimeClassName}' adds to each pod is not known here, and not in the ResourceQuota`,
      advice: 'Look it up (kubectl get runtimeclass -o yaml, overhead), and say resourceQuota: { headroomPercent: … }; or make the RuntimeClass in this app.',
    }];
  });
}
