import { POD_KINDS } from '../../kube/kinds';
import { Severity } from '../../kube/severity';
import { refusedTemplate } from '../../kube/validation/pod-template';
import { Validation } from '../../kube/validation/refusal';
import { BINDING_KINDS, refusedBinding } from '../../kube/validation/role-binding';
import { ManifestRule } from '../manifest-rule';

const VALIDATIONS: readonly Validation[] = [refusedBinding, refusedTemplate];

/**
 * The schema takes it and the API server does not: a binding to what is no role, a Job whose pods never end, a selector
 * that misses the pods of its own template, two containers of one name.
 */
export const apiRefused: ManifestRule = {
  id: 'api-refused',
  title: 'Nothing that the API server refuses though its schema takes it',
  severity: Severity.ERROR,
  // Of all that is refused, this is what others ask.
  controls: {
    kubeLinter: 'mismatching-selector', kubescape: 'C-0296',
    kubeScore: ['deployment-pod-selector-labels-match-template-metadata-labels', 'statefulset-pod-selector-labels-match-template-metadata-labels'],
  },
  advice: 'Correct what contradicts itself.',
  readsNames: true,
  kinds: [...POD_KINDS, ...BINDING_KINDS],
  check: ({ manifest }) => VALIDATIONS.flatMap(validation => validation(manifest)),
};
