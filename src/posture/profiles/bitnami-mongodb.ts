import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/mongodb templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide);
 * bitnami/containers, bitnami/mongodb (where the image looks for its data volume).
 *
 * No sub-folder of the volume: the databases lie in a folder that the start script makes, lost+found lies beside it.
 */
export const bitnamiMongodb: ImageProfileProps = {
  images: ['docker.io/bitnami/mongodb', 'docker.io/bitnamilegacy/mongodb'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/bitnami/mongodb', kind: FolderKind.DATA, why: 'the databases, in the folder data' },
    { path: '/opt/bitnami/mongodb/conf', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/opt/bitnami/mongodb/logs', why: 'log files' },
    { path: '/opt/bitnami/mongodb/tmp', why: 'pid file and sockets' },
    { path: '/.mongodb', why: 'files of mongosh' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [27017],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.'
    + ' Members of a replica set talk to each other on 27017: a closed namespace needs that flow declared.',
};
