import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { labelsOf, namespaceOf } from '../manifest-set';
import { SetRule } from '../set-rule';

/**
 * A Service without pods answers nobody. Pods that are not in the input are unknown: where nothing of the namespace
 * writes pods, nothing is said.
 *
 * Fields: spec.selector of a Service that is no ExternalName
 * Wanted: the labels of some pod of the namespace
 */
export const serviceSelectsNothing: SetRule = {
  id: 'service-selects-nothing',
  title: 'Every Service selects a pod',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'dangling-service', kubeScore: 'service-targets-pod', kubescape: 'C-0293' },
  advice: 'Let spec.selector name labels of the pod template.',
  check: set => set.ofKind('Service').flatMap(manifest => {
    if (manifest.apiVersion !== 'v1' || !isObject(manifest.spec) || manifest.spec.type === 'ExternalName') return [];
    const labels = labelsOf(manifest.spec.selector);
    const namespace = namespaceOf(manifest);
    if (!labels || !Object.keys(labels).length || !set.selected(namespace, {}).length) return [];
    if (set.selected(namespace, { matchLabels: labels }).length) return [];
    const text = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(', ');
    return [{ manifest, field: 'spec.selector', what: `no pod of namespace '${namespace}' has the labels ${text}` }];
  }),
};
