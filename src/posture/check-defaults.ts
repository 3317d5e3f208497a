import { Fault } from '../kube/faults';
import { checkNumericId } from '../kube/ids';
import { checkDnsSubdomain } from '../kube/names';
import { checkQuantity } from '../kube/quantity';
import { isLabelKey } from '../kube/selectors';
import { QUANTITY_KEYS, WorkloadDefaults } from './workload-defaults';

/** Refuses values that Kubernetes would refuse in every workload. */
export function checkDefaults(where: string, props: WorkloadDefaults): void {
  for (const key of QUANTITY_KEYS) {
    if (props[key] !== undefined) checkQuantity(where, key, props[key]);
  }
  for (const key of ['runAsUser', 'runAsGroup'] as const) {
    if (props[key] !== undefined) checkNumericId(where, key, props[key]);
  }
  const { revisionHistoryLimit: revisions, topologyKeys, appArmorProfile, runtimeClassName, priorityClassName } = props;
  if (revisions !== undefined && !(Number.isInteger(revisions) && revisions >= 0)) {
    throw new Fault({ where, what: `revisionHistoryLimit is ${revisions}`, id: 'number-invalid', advice: 'Write a whole number from 0 on, such as 3.' });
  }
  for (const key of topologyKeys ?? []) {
    if (isLabelKey(key)) continue;
    throw new Fault({
      where,
      what: `'${key}' is no label of nodes`,
      id: 'topology-key-invalid',
      advice: "Write such as 'kubernetes.io/hostname'; an empty list spreads nothing.",
    });
  }
  if (appArmorProfile !== undefined && !/^(RuntimeDefault|Unconfined|Localhost\/.+)$/.test(appArmorProfile)) {
    throw new Fault({
      where,
      what: `'${appArmorProfile}' is no AppArmor profile`,
      id: 'apparmor-invalid',
      advice: "Write 'RuntimeDefault' or 'Localhost/<name of a profile on the node>'.",
    });
  }
  if (runtimeClassName !== undefined) checkDnsSubdomain(where, 'a RuntimeClass', runtimeClassName);
  if (priorityClassName !== undefined) checkDnsSubdomain(where, 'a PriorityClass', priorityClassName);
}
