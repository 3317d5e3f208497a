import { PodRule } from '../pod-rule';

/** Rules about pods that judges alone ask: what they want is not the constructs' to decide. */
export const WORKLOAD_RULES: readonly PodRule[] = [
];
