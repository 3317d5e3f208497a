import { ManifestRule } from '../manifest-rule';
import { apiRefused } from './api-refused';
import { apiDeprecated, apiRemoved, apiUnknown } from './api-versions';
import { schemaMissingField, schemaUnknownField, schemaWrongType, schemaWrongValue } from './schema';

/** What the API's schema has against a manifest. */
export const SCHEMA_RULES: readonly ManifestRule[] = [
  apiUnknown,
  apiRemoved,
  apiDeprecated,
  schemaUnknownField,
  schemaWrongType,
  schemaWrongValue,
  schemaMissingField,
];

/** Rules about what a schema does not say. */
export const KIND_RULES: readonly ManifestRule[] = [
  apiRefused,
];

/** Every rule about manifests of any kind. */
export const MANIFEST_RULES: readonly ManifestRule[] = [...SCHEMA_RULES, ...KIND_RULES];
