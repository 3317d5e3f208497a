import { SchemaFaultKind } from '../../kube/schema/fault';
import { ManifestView } from '../manifest-rule';
import { Violation } from '../rule';

/** The schema's faults of one kind, as breaches of the rule that holds it. */
export function faultsOf(object: ManifestView, kind: SchemaFaultKind): Violation[] {
  return object.schemaFaults.filter(fault => fault.kind === kind).map(({ field, what, advice }) => ({ field, what, advice }));
}
