import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/mariadb templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide);
 * bitnami/containers, bitnami/mariadb (where the image looks for its data volume).
 *
 * No sub-folder of the volume: the databases lie in a folder that the start script makes, lost+found lies beside it.
 */
export const bitnamiMariadb: ImageProfileProps = {
  images: ['docker.io/bitnami/mariadb', 'docker.io/bitnamilegacy/mariadb'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/bitnami/mariadb', kind: FolderKind.DATA, why: 'the databases, in the folder data' },
    { path: '/opt/bitnami/mariadb/conf', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/opt/bitnami/mariadb/logs', why: 'log files' },
    { path: '/opt/bitnami/mariadb/tmp', why: 'pid file and sockets' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [3306],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.',
};
