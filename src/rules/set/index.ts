import { BINDING_SET_RULES } from '../binding';
import { NAMESPACE_SET_RULES } from '../namespace';
import { NETWORK_SET_RULES } from '../network';
import { SetRule } from '../set-rule';
import { serviceSelectsNothing } from './service-selects-nothing';

/** Every rule about manifests that belong together. */
export const SET_RULES: readonly SetRule[] = [
  serviceSelectsNothing,
  ...BINDING_SET_RULES,
  ...NAMESPACE_SET_RULES,
  ...NETWORK_SET_RULES,
];
