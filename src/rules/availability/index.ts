import { ManifestRule } from '../manifest-rule';
import { SetRule } from '../set-rule';
import { autoscalerMin } from './autoscalers';
import { disruptionBudgetBlocks, disruptionBudgetUnhealthy, workloadDisruptionBudget } from './budgets';
import { cronJobDeadline, jobTtl } from './jobs';
import { workloadReplicas } from './replicas';
import { workloadRollingUpdate } from './rolling-update';
import { workloadSpread } from './spread';

/** Every rule about what one object says for its workload to stay available. */
export const AVAILABILITY_RULES: readonly ManifestRule[] = [
  workloadRollingUpdate,
  autoscalerMin,
  disruptionBudgetUnhealthy,
  jobTtl,
  cronJobDeadline,
];

/** Every rule about workloads beside their autoscalers and budgets. */
export const AVAILABILITY_SET_RULES: readonly SetRule[] = [
  workloadReplicas,
  workloadSpread,
  workloadDisruptionBudget,
  disruptionBudgetBlocks,
];
