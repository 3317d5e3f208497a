import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment, HardenedStatefulSet, SecureNamespace } from '../../../src';
import { expectText } from './said';
import { Action, Subject, Witness } from './subject';

const IS_READY = kplus.Probe.fromCommand(['redis-cli', 'ping'], { periodSeconds: Duration.seconds(2), timeoutSeconds: Duration.seconds(5) });

const keeps: Action = {
  title: 'takes a value, and has it',
  run: pod => {
    expectText(pod.exec('redis-cli', 'set', 'key', 'a value'), 'OK');
    expectText(pod.exec('redis-cli', 'get', 'key'), 'a value');
  },
};

const saves: Witness = {
  title: 'saves',
  run: async pod => {
    await keeps.run(pod); // which works without a folder, too
    expectText(pod.exec('redis-cli', 'save'), 'OK');
    expectText(pod.exec('redis-cli', 'bgsave'), 'Background saving started');
    await pod.eventuallySays(() => pod.exec('redis-cli', 'info', 'persistence'), /rdb_bgsave_in_progress:0\s[^]*rdb_last_bgsave_status:ok/);
  },
  says: /Failed opening the temp RDB file [^ ]+ \(in server root dir \/data\) for saving: Read-only file system/,
};

const survives: Witness = {
  title: 'has what it saved when its container starts anew, and in its next pod',
  run: async pod => {
    pod.exec('redis-cli', 'set', 'key', 'a value that stays');
    expectText(pod.exec('redis-cli', 'save'), 'OK');
    await pod.restarts('redis-cli', 'shutdown', 'nosave');
    expectText(pod.exec('redis-cli', 'get', 'key'), 'a value that stays');
    await pod.isReplaced();
    expectText(pod.exec('redis-cli', 'get', 'key'), 'a value that stays');
  },
  says: /expected a value that stays, and it says: \n/,
};

function database(title: string, name: string, image: string, witness: Witness, work: Action[]): Subject {
  return {
    title,
    name,
    user: 999,
    group: 999,
    write: (namespace: SecureNamespace) => {
      new HardenedStatefulSet(namespace, name, { containers: [{ image, portNumber: 6379, readiness: IS_READY }], dataSize: '1Gi' });
    },
    work,
    witnesses: { '/data': witness },
  };
}

const AS_CRI_O_RUNS_IT = 'redis:7.4-as-cri-o-runs-it';

export const redis: Subject[] = [
  // Where the image says VOLUME, containerd lays a volume of its own if nobody else does: redis saves, and all is lost with the container.
  database('redis:7.4', 'redis', 'redis:7.4', survives, [keeps, saves]),
  // Without that, Redis starts, and fails at its first save.
  database('redis:7.4 as CRI-O runs it', 'redis-cri-o', AS_CRI_O_RUNS_IT, saves, [keeps, survives]),
  {
    title: 'redis:7.4 as a mere cache, as CRI-O runs it',
    name: 'redis-cache',
    user: 999,
    group: 999,
    write: namespace => {
      new HardenedDeployment(namespace, 'redis-cache', {
        containers: [{ image: AS_CRI_O_RUNS_IT, portNumber: 6379, readiness: IS_READY }], tempFolders: ['/data'], replicas: 1,
      });
    },
    work: [keeps],
    witnesses: { '/data': saves },
  },
];
