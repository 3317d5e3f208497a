import { BINDING_RULES } from '../binding';
import { ManifestRule } from '../manifest-rule';
import { NAMESPACE_RULES } from '../namespace';
import { NETWORK_RULES } from '../network';

/** Every rule about single objects that are neither pods nor roles. */
export const OBJECT_RULES: readonly ManifestRule[] = [
  ...NAMESPACE_RULES,
  ...BINDING_RULES,
  ...NETWORK_RULES,
];
