import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';

/**
 * `serviceAccount` is an older name of `serviceAccountName`, which many tools do not read. Exported objects have both.
 *
 * Fields: spec.serviceAccount
 * Wanted: undefined, or what serviceAccountName says
 */
export const podServiceAccountField: PodRule = {
  id: 'pod-service-account-field',
  title: 'The service account stands in serviceAccountName',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'deprecated-service-account-field', kubescape: 'C-0294' },
  advice: 'Write serviceAccountName instead.',
  readsNames: true,
  versions: [{
    since: 0,
    check: ({ spec: { serviceAccount, serviceAccountName } }) => (
      typeof serviceAccount !== 'string' || serviceAccount === '' || serviceAccount === serviceAccountName ? []
        : [{ field: 'serviceAccount', what: `the service account '${serviceAccount}' is named in a field that was replaced` }]
    ),
  }],
};
