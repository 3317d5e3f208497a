import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';
import { Violation } from '../rule';

/**
 * Of two variables of one name the last one holds, and a server-side apply refuses both.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].env[*].name
 * Wanted: each once
 */
export const podDuplicateEnv: PodRule = {
  id: 'pod-duplicate-env',
  title: 'Every environment variable is set once',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'duplicate-env-var', kubeScore: 'environment-variable-key-duplication', kubescape: 'C-0295' },
  advice: 'Keep the one that is meant.',
  versions: [{
    since: 0,
    check: pod => {
      const found: Violation[] = [];
      for (const { container, field } of pod.containers) {
        const { env } = container;
        if (!env || env.length < 2) continue;
        const seen = new Set<string>();
        env.forEach(({ name }, i) => {
          if (seen.has(name)) found.push({ field: `${field}.env[${i}].name`, what: `container '${container.name}' has the environment variable ${name} more than once`, container: container.name });
          seen.add(name);
        });
      }
      return found;
    },
  }],
};
