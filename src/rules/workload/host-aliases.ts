import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';

/**
 * Lines for /etc/hosts lead names elsewhere than DNS does, whether it is a Service, a registry or the API server.
 *
 * Fields: spec.hostAliases
 * Wanted: undefined, or no entry
 */
export const podHostAliases: PodRule = {
  id: 'pod-host-aliases',
  title: 'Names are resolved by DNS',
  severity: Severity.WARNING,
  controls: { trivy: 'KSV-0007' },
  advice: 'Leave hostAliases out, and give the name to DNS: a Service of the type ExternalName, or a record in its zone.',
  versions: [{
    since: 0,
    check: ({ spec }) => Array.isArray(spec.hostAliases) && spec.hostAliases.length ? [{ field: 'hostAliases', what: 'the pod has lines of its own in /etc/hosts' }] : [],
  }],
};
