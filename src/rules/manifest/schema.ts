import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { faultsOf } from './faults-of';

/**
 * A field that Kubernetes does not know does nothing: a typo in a security context is a pod without it. The API
 * server drops it in silence unless it is asked to be strict.
 */
export const schemaUnknownField: ManifestRule = {
  id: 'schema-unknown-field',
  title: 'No fields that Kubernetes does not know',
  severity: Severity.ERROR,
  advice: 'Correct its name, or remove it.',
  check: object => faultsOf(object, 'unknown-field'),
};

/** What cannot be decoded is refused whole; for quantities, times and base64 so is text of another form. */
export const schemaWrongType: ManifestRule = {
  id: 'schema-wrong-type',
  title: 'Every value is of the type that its field has',
  severity: Severity.ERROR,
  advice: 'Write a value of the type that the field has.',
  check: object => faultsOf(object, 'wrong-type'),
};

/** A field with a closed set of values has one of them; letters count, capital ones included. */
export const schemaWrongValue: ManifestRule = {
  id: 'schema-wrong-value',
  title: 'Every value is one that its field allows',
  severity: Severity.ERROR,
  advice: 'Write one of the values that the field allows.',
  check: object => faultsOf(object, 'wrong-value'),
};

/** An object without a field that it must have is refused. */
export const schemaMissingField: ManifestRule = {
  id: 'schema-missing-field',
  title: 'No required field is missing',
  severity: Severity.ERROR,
  advice: 'Write the field.',
  check: object => faultsOf(object, 'missing-field'),
};
