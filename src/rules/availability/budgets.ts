import { Json, isObject } from '../../kube/json';
import { Manifest } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { ManifestSet, namespaceOf, selectorOf } from '../manifest-set';
import { SetRule } from '../set-rule';
import { Replicated, inCompany, replicated } from './replicas';

/** The budgets of the input, and the workloads that each selects. */
function budgets(set: ManifestSet): readonly { readonly manifest: Manifest; readonly selected: ReadonlySet<Manifest> }[] {
  return set.ofKind('PodDisruptionBudget', 'policy').map(manifest => {
    const selector = isObject(manifest.spec) ? selectorOf(manifest.spec.selector) : undefined;
    return { manifest, selected: new Set(selector ? set.selected(namespaceOf(manifest), selector).map(pod => pod.manifest) : []) };
  });
}

function replicatedBy(set: ManifestSet): ReadonlyMap<Manifest, Replicated> {
  return new Map(set.once(replicated).map(each => [each.manifest, each]));
}

/** The workloads that some budget selects. */
function budgeted(set: ManifestSet): ReadonlySet<Manifest> {
  return new Set(set.once(budgets).flatMap(({ selected }) => [...selected]));
}

/**
 * Without a budget, whoever drains nodes may take all pods of a workload at once. A budget that is not in the input is
 * unknown: where the workload is alone in its namespace, nothing is said.
 *
 * Fields: a PodDisruptionBudget for each Deployment and StatefulSet with several pods
 * Wanted: one that selects its pods
 */
export const workloadDisruptionBudget: SetRule = {
  id: 'workload-disruption-budget',
  title: 'A budget keeps pods while nodes are drained',
  severity: Severity.WARNING,
  controls: {
    kubeScore: ['deployment-has-poddisruptionbudget', 'statefulset-has-poddisruptionbudget'], polaris: 'missingPodDisruptionBudget',
    kyverno: ['other/require-pdb', 'other/create-default-pdb'],
  },
  advice: 'Write a PodDisruptionBudget with maxUnavailable: 1 whose selector is that of the workload.',
  check: set => set.once(replicated).flatMap(({ manifest, namespace, replicas, isAutoscaled }) => {
    const isOne = replicas < 2 && !isAutoscaled;
    return isOne || set.once(budgeted).has(manifest) || !set.once(inCompany).has(namespace) ? []
      : [{ manifest, field: 'spec.template.metadata.labels', what: 'no PodDisruptionBudget selects its pods: all of them may be taken at once' }];
  }),
};

/**
 * A budget that lets no pod go stops every drain of a node, and with it the upgrade of the cluster.
 *
 * Fields: spec.maxUnavailable, spec.minAvailable of a PodDisruptionBudget
 * Wanted: one of them, with at least one pod left to go
 */
export const disruptionBudgetBlocks: SetRule = {
  id: 'disruption-budget-blocks',
  title: 'Budgets let at least one pod go',
  severity: Severity.WARNING,
  controls: {
    kubeLinter: ['pdb-max-unavailable', 'pdb-min-available'], kubeScore: 'poddisruptionbudget-has-policy', polaris: 'pdbDisruptionsIsZero',
    kyverno: [
      'other/pdb-maxunavailable', 'other/pdb-minavailable', 'other/require-reasonable-pdbs', 'other/deployment-replicas-higher-than-pdb',
      'other/require-replicas-allow-disruption', 'other/pdb-maxunavailable-with-deployments',
    ],
  },
  advice: 'Set maxUnavailable to 1.',
  check: set => set.once(budgets).flatMap(({ manifest, selected }) => {
    if (!isObject(manifest.spec)) return [];
    const { maxUnavailable = null, minAvailable = null } = manifest.spec;
    if (maxUnavailable === null && minAvailable === null) return [{ manifest, field: 'spec.maxUnavailable', what: 'the budget says of no number how many pods may go, and lets none go' }];
    if (maxUnavailable !== null) return share(maxUnavailable) === 0 ? [{ manifest, field: 'spec.maxUnavailable', what: 'the budget lets no pod go' }] : [];
    const kept = share(minAvailable);
    const pods = [...selected].flatMap(each => set.once(replicatedBy).get(each) ?? []);
    const replicas = pods.reduce((sum, each) => sum + each.replicas, 0);
    const isAll = typeof minAvailable === 'string' && minAvailable.trim().endsWith('%') ? kept !== undefined && kept >= 100
      : kept !== undefined && kept > 0 && pods.length > 0 && pods.length === selected.size && replicas > 0 && kept >= replicas;
    return isAll ? [{ manifest, field: 'spec.minAvailable', what: `the budget lets no pod go: it keeps ${String(minAvailable)}${pods.length ? ` of ${replicas}` : ''}` }] : [];
  }),
};

/** The number of a number or of a percentage. */
function share(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*\d{1,9}%?\s*$/.test(value) ? parseInt(value, 10) : undefined;
}

/**
 * A pod that never became healthy counts against the budget by default: a workload that fails blocks the drain of the
 * node that it fails on.
 *
 * Fields: spec.unhealthyPodEvictionPolicy of a PodDisruptionBudget
 * Wanted: AlwaysAllow
 */
export const disruptionBudgetUnhealthy: ManifestRule = {
  id: 'disruption-budget-unhealthy',
  title: 'Budgets let go of what does not work',
  severity: Severity.WARNING,
  kinds: ['PodDisruptionBudget'],
  controls: { kubeLinter: 'pdb-unhealthy-pod-eviction-policy' },
  advice: 'Set unhealthyPodEvictionPolicy to AlwaysAllow.',
  check: ({ manifest: { apiVersion, spec } }) => !String(apiVersion).startsWith('policy/') || !isObject(spec) || spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' ? []
    : [{ field: 'spec.unhealthyPodEvictionPolicy', what: 'a pod that never became healthy blocks the drain of its node' }],
};
