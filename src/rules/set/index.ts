import { SetRule } from '../set-rule';
import { serviceSelectsNothing } from './service-selects-nothing';

/** Every rule about manifests that belong together. */
export const SET_RULES: readonly SetRule[] = [
  serviceSelectsNothing,
];
