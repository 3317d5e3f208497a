import { serviceAccountMissing } from '../account/service-account-missing';
import { AVAILABILITY_SET_RULES } from '../availability';
import { BINDING_SET_RULES } from '../binding';
import { EXPOSURE_SET_RULES } from '../exposure';
import { NAMESPACE_SET_RULES } from '../namespace';
import { NETWORK_SET_RULES } from '../network';
import { SetRule } from '../set-rule';

/** Every rule about manifests that belong together. */
export const SET_RULES: readonly SetRule[] = [
  ...EXPOSURE_SET_RULES,
  serviceAccountMissing,
  ...AVAILABILITY_SET_RULES,
  ...BINDING_SET_RULES,
  ...NAMESPACE_SET_RULES,
  ...NETWORK_SET_RULES,
];
