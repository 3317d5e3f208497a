import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/rabbitmq templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide);
 * bitnami/containers, bitnami/rabbitmq (where the image looks for its data volume).
 *
 * No sub-folder of the volume: the official chart mounts its root as well, and lost+found is not in its way.
 */
export const bitnamiRabbitmq: ImageProfileProps = {
  images: ['docker.io/bitnami/rabbitmq', 'docker.io/bitnamilegacy/rabbitmq'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/bitnami/rabbitmq/mnesia', kind: FolderKind.DATA, why: 'messages and definitions' },
    { path: '/opt/bitnami/rabbitmq/etc/rabbitmq', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/opt/bitnami/rabbitmq/plugins', kind: FolderKind.SEEDED, why: 'plugins, downloaded at start' },
    { path: '/opt/bitnami/rabbitmq/var/lib/rabbitmq', why: 'pid file' },
    { path: '/opt/bitnami/rabbitmq/var/log/rabbitmq', why: 'log files' },
    { path: '/opt/bitnami/rabbitmq/.rabbitmq', why: 'home folder: the cookie of the cluster' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [5672, 5671, 25672, 15672, 4369, 9419],
  clientPorts: [5672, 5671],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.'
    + ' The official chart mounts the volume at /opt/bitnami/rabbitmq/.rabbitmq/mnesia and sets RABBITMQ_MNESIA_DIR to it. Nodes of a cluster talk to each other on 4369 and 25672: a closed namespace needs that flow declared.',
};
