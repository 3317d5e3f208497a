import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';
import { Controls } from '../rule';

function probeRule(id: string, key: 'readinessProbe' | 'livenessProbe', prop: string, title: string, consequence: string, controls: Controls): PodRule {
  return {
    id,
    title,
    severity: Severity.WARNING,
    controls: { kubeScore: 'pod-probes', kyverno: 'best-practices/require-probes', ...controls },
    advice: `Write ${key}, such as {httpGet: {path: /healthz, port: 8080}}; which request shows it only the application's author can say.`,
    inCode: `State it (${prop}: Probe.fromHttpGet('/healthz')); which request shows it only the application's author can say.`,
    versions: [{
      since: 0,
      check: pod => pod.isBatch ? [] : eachContainer(pod, ({ container, field, list }) => list !== 'containers' || container[key] ? undefined : {
        field: `${field}.${key}`,
        what: `container '${container.name}' has no ${prop} probe: ${consequence}`,
        container: container.name,
      }),
    }],
  };
}

/**
 * Fields: spec.containers[*].readinessProbe of pods that do not end by themselves
 * Wanted: a probe
 */
export const podReadinessProbe = probeRule('pod-readiness-probe', 'readinessProbe', 'readiness', 'Readiness is probed',
  'it is sent requests before it can answer them', {
    checkov: 'CKV_K8S_9', kubeLinter: 'no-readiness-probe', kubescape: 'C-0018', polaris: 'readinessProbeMissing',
  });

/**
 * Fields: spec.containers[*].livenessProbe of pods that do not end by themselves
 * Wanted: a probe
 */
export const podLivenessProbe = probeRule('pod-liveness-probe', 'livenessProbe', 'liveness', 'Liveness is probed',
  'it is not restarted when it hangs', {
    checkov: 'CKV_K8S_8', kubeLinter: 'no-liveness-probe', kubescape: 'C-0056', polaris: 'livenessProbeMissing',
  });
