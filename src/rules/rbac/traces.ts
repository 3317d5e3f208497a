import { Severity } from '../../kube/severity';
import { RbacRule, tooMuch } from '../rbac-rule';

/**
 * Events tell what happened to pods and nodes: whoever deletes them wipes traces.
 *
 * Fields: rules[*] with events
 * Wanted: neither delete nor deletecollection
 */
export const rbacDeleteEvents: RbacRule = {
  id: 'rbac-delete-events',
  title: 'No deletion of events',
  severity: Severity.WARNING,
  controls: { kubescape: 'C-0031' },
  advice: 'Leave it out: events expire by themselves after an hour.',
  check: tooMuch({ verbs: ['delete', 'deletecollection'], resources: { '': ['events'], 'events.k8s.io': ['events'] }, consequence: 'it can wipe the traces of what it did' }),
};

/**
 * A right that the API server has no use for today; who asks for it means to wipe traces, or has mistaken what it needs.
 *
 * Fields: rules[*] with pods/log
 * Wanted: neither delete nor deletecollection
 */
export const rbacDeleteLogs: RbacRule = {
  id: 'rbac-delete-logs',
  title: 'No deletion of logs',
  severity: Severity.WARNING,
  controls: { trivy: 'KSV-0042' },
  advice: 'Leave it out; get is enough to read logs.',
  check: tooMuch({ verbs: ['delete', 'deletecollection'], resources: { '': ['pods/log'] }, consequence: 'logs are read, never deleted, by whoever does no harm' }),
};
