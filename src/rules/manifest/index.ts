import { ManifestRule } from '../manifest-rule';
import { apiDeprecated, apiRemoved, apiUnknown } from './api-versions';
import { schemaMissingField, schemaUnknownField, schemaWrongType, schemaWrongValue } from './schema';

/** Every rule about manifests of any kind. */
export const MANIFEST_RULES: readonly ManifestRule[] = [
  apiUnknown,
  apiRemoved,
  apiDeprecated,
  schemaUnknownField,
  schemaWrongType,
  schemaWrongValue,
  schemaMissingField,
];
