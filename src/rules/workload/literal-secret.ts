import { Severity } from '../../kube/severity';
import { credentialIn } from '../credentials';
import { PodRule } from '../pod-rule';
import { Violation } from '../rule';

/**
 * A password in a manifest is one for everybody who reads the repository, the pod, or its history.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].env[*].value
 * Wanted: nothing that is a credential by its form, or by the name of its variable
 */
export const podLiteralSecret: PodRule = {
  id: 'pod-literal-secret',
  title: 'No credentials in the environment of a manifest',
  severity: Severity.ERROR,
  controls: { nsa: 'Encryption / secrets', kubeLinter: 'env-var-secret', polaris: 'sensitiveContainerEnvVar' },
  advice: 'Put it into a Secret that is not kept beside the manifests, mount that as a file, and replace the credential: it has been read.',
  versions: [{
    since: 0,
    check: pod => {
      const found: Violation[] = [];
      for (const { container, field } of pod.containers) {
        container.env?.forEach(({ name, value }, i) => {
          const noun = typeof value === 'string' ? credentialIn(String(name), value) : undefined;
          // The value itself is never said again.
          if (noun !== undefined) found.push({ field: `${field}.env[${i}].value`, what: `the environment variable ${name} of container '${container.name}' holds ${noun}`, container: container.name });
        });
      }
      return found;
    },
  }],
};
