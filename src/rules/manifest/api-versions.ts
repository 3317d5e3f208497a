import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { faultsOf } from './faults-of';

/** A kind that is misspelt, in an API version that does not have it, or not yet in this version of Kubernetes. */
export const apiUnknown: ManifestRule = {
  id: 'api-unknown',
  title: 'Kubernetes knows the kind in this API version',
  severity: Severity.ERROR,
  advice: 'Correct apiVersion and kind.',
  check: object => faultsOf(object, 'api-unknown'),
};

/** An API version that the cluster no longer serves: nothing of the object can be applied. */
export const apiRemoved: ManifestRule = {
  id: 'api-removed',
  title: 'No API version that was removed',
  severity: Severity.ERROR,
  controls: { kubeLinter: 'no-extensions-v1beta', kubeScore: 'stable-version', trivy: 'KSV-0107', kyverno: 'best-practices/check-deprecated-apis' },
  advice: 'Write the API version that replaces it.',
  check: object => faultsOf(object, 'api-removed'),
};

/** An API version that a later Kubernetes will not serve: an upgrade of the cluster would break the next deployment. */
export const apiDeprecated: ManifestRule = {
  id: 'api-deprecated',
  title: 'No API version that is deprecated',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'no-extensions-v1beta', kubeScore: 'stable-version', trivy: 'KSV-0107', kyverno: 'best-practices/check-deprecated-apis' },
  advice: 'Write the API version that replaces it.',
  check: object => faultsOf(object, 'api-deprecated'),
};
