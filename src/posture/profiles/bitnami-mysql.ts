import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/mysql templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide);
 * bitnami/containers, bitnami/mysql (where the image looks for its data volume).
 *
 * No sub-folder of the volume: the databases lie in a folder that the start script makes, lost+found lies beside it.
 */
export const bitnamiMysql: ImageProfileProps = {
  images: ['docker.io/bitnami/mysql', 'docker.io/bitnamilegacy/mysql'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/bitnami/mysql', kind: FolderKind.DATA, why: 'the databases, in the folder data' },
    { path: '/opt/bitnami/mysql/conf', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/opt/bitnami/mysql/logs', why: 'log files' },
    { path: '/opt/bitnami/mysql/tmp', why: 'pid file and sockets' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [3306, 33060],
  clientPorts: [3306],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.'
    + ' Port 33060 speaks the X protocol, which few clients use: name it where yours does.',
};
