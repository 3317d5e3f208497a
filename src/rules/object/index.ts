import { serviceAccountDefaultToken, serviceAccountToken } from '../account/service-account-token';
import { AVAILABILITY_RULES } from '../availability';
import { BINDING_RULES } from '../binding';
import { CONTROL_PLANE_RULES } from '../control-plane';
import { EXPOSURE_RULES } from '../exposure';
import { ManifestRule } from '../manifest-rule';
import { NAMESPACE_RULES } from '../namespace';
import { NETWORK_RULES } from '../network';
import { configMapSecret, secretLiteral, secretServiceAccountToken } from '../secret/secrets';

/** Every rule about single objects that are neither pods nor roles. */
export const OBJECT_RULES: readonly ManifestRule[] = [
  ...NAMESPACE_RULES,
  ...BINDING_RULES,
  ...NETWORK_RULES,
  ...CONTROL_PLANE_RULES,
  ...EXPOSURE_RULES,
  serviceAccountToken,
  serviceAccountDefaultToken,
  secretLiteral,
  secretServiceAccountToken,
  configMapSecret,
  ...AVAILABILITY_RULES,
];
