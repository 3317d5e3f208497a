import { Cron } from 'cdk8s';
import { HardenedCronJob, HardenedJob } from '../../../src';
import { expectText } from './said';
import { Subject, Witness } from './subject';

/** Sorts by way of a file, and waits to be looked at. */
const SCRIPT = 'file=$(mktemp) && seq 1000 -1 1 >"$file" && sort -n "$file" | head -n 1 && while [ ! -e /tmp/end ]; do sleep 0.2; done';

const ends: Witness = {
  title: 'ends well, having used a temporary file',
  run: async pod => {
    expectText(pod.log(), '1');
    pod.exec('touch', '/tmp/end');
    await pod.until('it ends well', state => state.status.phase === 'Succeeded');
  },
  says: /mktemp: .*Read-only file system/,
};

const container = { image: 'busybox:1.37', command: ['sh', '-c', SCRIPT], securityContext: { user: 10001, group: 10001 } };

function subject(name: string, title: string, write: Subject['write']): Subject {
  return { name, title, user: 10001, group: 10001, write, work: [], witnesses: { '/tmp': ends } };
}

export const busybox: Subject[] = [
  subject('job', 'a Job of busybox', namespace => {
    new HardenedJob(namespace, 'job', { containers: [container], tempFolders: ['/tmp'] });
  }),
  subject('cron-job', 'a CronJob of busybox', namespace => {
    new HardenedCronJob(namespace, 'cron-job', { containers: [container], tempFolders: ['/tmp'], schedule: Cron.annually() });
  }),
];
