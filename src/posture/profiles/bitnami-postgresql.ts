import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/postgresql templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide);
 * bitnami/containers, bitnami/postgresql (where the image looks for its data volume).
 *
 * No sub-folder of the volume: the start script makes the folder of the database itself, so that it owns it, and lost+found
 * lies beside it.
 */
export const bitnamiPostgresql: ImageProfileProps = {
  images: ['docker.io/bitnami/postgresql', 'docker.io/bitnamilegacy/postgresql'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/bitnami/postgresql', kind: FolderKind.DATA, why: 'the database, in the folder data' },
    { path: '/opt/bitnami/postgresql/conf', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/opt/bitnami/postgresql/tmp', why: 'pid file and sockets' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [5432],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.',
};
