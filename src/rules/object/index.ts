import { BINDING_RULES } from '../binding';
import { CONTROL_PLANE_RULES } from '../control-plane';
import { ManifestRule } from '../manifest-rule';
import { NAMESPACE_RULES } from '../namespace';
import { NETWORK_RULES } from '../network';

/** Every rule about single objects that are neither pods nor roles. */
export const OBJECT_RULES: readonly ManifestRule[] = [
  ...NAMESPACE_RULES,
  ...BINDING_RULES,
  ...NETWORK_RULES,
  ...CONTROL_PLANE_RULES,
];
