import { BINDING_RULES } from '../binding';
import { namespacePodSecurity } from '../level/namespace-pod-security';
import { ManifestRule } from '../manifest-rule';

/** Every rule about single objects that are neither pods nor roles. */
export const OBJECT_RULES: readonly ManifestRule[] = [
  namespacePodSecurity,
  ...BINDING_RULES,
];
