import { at } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule, PodView, eachContainer } from '../pod-rule';
import { Controls, Violation } from '../rule';

/** The containers that reserve nothing of a resource; a limit stands in for a request, by the API server's defaulting. */
function unreserved(pod: PodView, resource: string, consequence: string): Violation[] {
  if (at(pod.spec, 'resources', 'requests', resource) !== undefined || at(pod.spec, 'resources', 'limits', resource) !== undefined) return [];
  return eachContainer(pod, ({ container, field, list }) => {
    const { requests, limits } = container.resources ?? {};
    if (list === 'ephemeralContainers' || (requests?.[resource] ?? limits?.[resource] ?? null) !== null) return undefined;
    return { field: `${field}.resources.requests.${resource}`, what: `container '${container.name}' reserves no ${consequence}`, container: container.name };
  });
}

function requestRule(id: string, title: string, resource: string, consequence: string, example: string, controls: Controls): PodRule {
  return {
    id,
    title,
    severity: Severity.WARNING,
    controls: { nsa: 'Resource policies', kubeScore: 'container-resources', kyverno: 'best-practices/require-pod-requests-limits', ...controls },
    advice: `Set resources.requests.${resource} to what it uses as a rule, such as ${example}.`,
    versions: [{ since: 0, check: pod => unreserved(pod, resource, consequence) }],
  };
}

/**
 * The scheduler counts what is requested: a node fills up with pods that request nothing, and they starve first.
 *
 * Fields: spec.{containers,initContainers}[*].resources.requests.cpu
 * Wanted: a quantity; the limit, or resources of the whole pod, stand in for it
 */
export const podCpuRequest = requestRule('pod-cpu-request', 'CPU is requested', 'cpu', 'CPU, and starves where others want more', '50m', {
  checkov: 'CKV_K8S_10', kubeLinter: 'unset-cpu-requirements', kubescape: ['C-0050', 'C-0268'], polaris: 'cpuRequestsMissing', trivy: 'KSV-0015',
});

/**
 * Fields: spec.{containers,initContainers}[*].resources.requests.memory
 * Wanted: a quantity; the limit, or resources of the whole pod, stand in for it
 */
export const podMemoryRequest = requestRule('pod-memory-request', 'Memory is requested', 'memory', 'memory, and is ended first where a node runs out of it', '64Mi', {
  checkov: 'CKV_K8S_12', kubeLinter: 'unset-memory-requirements', kubescape: ['C-0004', 'C-0269'], polaris: 'memoryRequestsMissing', trivy: 'KSV-0016',
});
