import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';

/**
 * A finished Job stays, with its pods, until somebody removes it. Those of a CronJob it removes itself, and what a
 * hook of Helm leaves Helm does.
 *
 * Fields: spec.ttlSecondsAfterFinished of a Job
 * Wanted: a number
 */
export const jobTtl: ManifestRule = {
  id: 'job-ttl',
  title: 'Finished Jobs are removed',
  severity: Severity.WARNING,
  kinds: ['Job'],
  controls: { kubeLinter: 'job-ttl-seconds-after-finished', kyverno: 'other/add-ttl-jobs' },
  advice: 'Set ttlSecondsAfterFinished to how long its log may be of use, such as 86400.',
  check: ({ manifest: { apiVersion, metadata, spec } }) => {
    const { ownerReferences, annotations } = isObject(metadata) ? metadata : {};
    const isRemoved = (Array.isArray(ownerReferences) && ownerReferences.length > 0) || (isObject(annotations) && Object.hasOwn(annotations, 'helm.sh/hook'));
    if (!String(apiVersion).startsWith('batch/') || !isObject(spec) || isRemoved || (spec.ttlSecondsAfterFinished ?? null) !== null) return [];
    return [{ field: 'spec.ttlSecondsAfterFinished', what: 'the Job and its pods stay when they have finished' }];
  },
};

/**
 * Without a deadline, a start that was missed is made up for however late, and after a hundred of them none is made any
 * more.
 *
 * Fields: spec.startingDeadlineSeconds of a CronJob
 * Wanted: a number
 */
export const cronJobDeadline: ManifestRule = {
  id: 'cron-job-deadline',
  title: 'CronJobs say how late is too late',
  severity: Severity.WARNING,
  kinds: ['CronJob'],
  controls: { kubeScore: 'cronjob-has-deadline' },
  advice: 'Set startingDeadlineSeconds to how late it may still start, such as 300.',
  check: ({ manifest: { apiVersion, spec } }) => !String(apiVersion).startsWith('batch/') || !isObject(spec) || (spec.startingDeadlineSeconds ?? null) !== null ? []
    : [{ field: 'spec.startingDeadlineSeconds', what: 'a start that was missed is made up for however late, and after 100 of them no longer at all' }],
};
