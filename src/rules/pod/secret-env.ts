import { at } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';
import { Violation } from '../rule';

/**
 * The environment of a process is handed on to every child, printed by crash reports and debug pages, and stays as it
 * was when the Secret changes; a file is read by whom its mode lets, and follows the Secret.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].env[*].valueFrom.secretKeyRef, …envFrom[*].secretRef
 * Wanted: undefined
 */
export const podSecretEnv: PodRule = {
  id: 'pod-secret-env',
  title: 'Secrets are files, not environment variables',
  severity: Severity.WARNING,
  controls: {
    cis: '5.4.1', nsa: 'Encryption / secrets', checkov: 'CKV_K8S_35', kubeLinter: 'read-secret-from-env-var',
    kubescape: 'C-0207', kyverno: 'other/disallow-secrets-from-env-vars',
  },
  advice: 'Mount the Secret as a volume, read-only, and name the file: many images take it in a variable that ends in _FILE.',
  inCode: "Mount it as files (addSecretFolder('/etc/login', secret)) and name the file: many images take it in a variable that ends in _FILE.",
  versions: [{
    since: 0,
    check: pod => pod.containers.flatMap(({ container, field }) => [
      ...(container.env ?? []).flatMap(({ name, valueFrom }, i): Violation[] => {
        const secret = at(valueFrom, 'secretKeyRef');
        return secret === undefined || secret === null ? [] : [{
          field: `${field}.env[${i}].valueFrom.secretKeyRef`,
          what: `container '${container.name}' gets a key of ${secretText(at(secret, 'name'))} as the environment variable ${name}`,
          container: container.name,
        }];
      }),
      ...(container.envFrom ?? []).flatMap(({ secretRef }, i): Violation[] => secretRef === undefined || secretRef === null ? [] : [{
        field: `${field}.envFrom[${i}].secretRef`,
        what: `container '${container.name}' gets every key of ${secretText(at(secretRef, 'name'))} as an environment variable`,
        container: container.name,
      }]),
    ]),
  }],
};

function secretText(name: unknown): string {
  return typeof name === 'string' ? `the Secret '${name}'` : 'a Secret';
}
