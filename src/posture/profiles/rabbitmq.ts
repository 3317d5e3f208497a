import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: docker-library/rabbitmq at 9193c1d, 4.1/ubuntu, 4.0/alpine and management Dockerfiles (15671, 15672);
 * docker-library/rabbitmq#368 and #474 (read-only /etc/rabbitmq/rabbitmq.conf);
 * rabbitmq/cluster-operator#2008 (a log path that is read-only).
 *
 * No sub-folder of the volume: RabbitMQ makes its own (mnesia) in its home folder, lost+found beside it is not read.
 */
export const rabbitmq: ImageProfileProps = {
  images: ['docker.io/library/rabbitmq'],
  user: 999,
  group: 999,
  folders: [
    { path: '/var/lib/rabbitmq', kind: FolderKind.DATA, why: 'messages, definitions, and the cookie of the cluster' },
    { path: '/var/log/rabbitmq', why: 'log files' },
    { path: '/tmp', why: 'combined TLS certificates, amended configuration' },
    {
      path: '/etc/rabbitmq',
      kind: FolderKind.SEEDED,
      why: 'plugins or configuration that change at start',
      when: { feature: 'runtime-config' },
    },
  ],
  variants: [
    { tags: ['*alpine*'], user: 100, group: 101 },
    { tags: ['*management*'], ports: [15671, 15672] },
  ],
  ports: [4369, 5671, 5672, 15691, 15692, 25672],
  clientPorts: [5671, 5672],
  confidence: ProfileConfidence.HIGH,
  note: 'The file .erlang.cookie has to belong to the user that runs and to be readable to it alone: fsGroup by itself is not enough on some volumes. '
    + "Name the feature 'runtime-config' where plugins or configuration are changed at start. "
    + 'Nodes of a cluster talk to each other on 4369 and 25672: a closed namespace needs that flow declared.',
};
