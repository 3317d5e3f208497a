import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/redis templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide);
 * bitnami/containers, bitnami/redis (where the image looks for its data volume).
 *
 * No sub-folder of the volume: the official chart mounts its root as well, and lost+found is not in its way.
 */
export const bitnamiRedis: ImageProfileProps = {
  images: ['docker.io/bitnami/redis', 'docker.io/bitnamilegacy/redis'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/bitnami/redis/data', kind: FolderKind.DATA, why: 'snapshots (RDB) and the append-only file' },
    { path: '/opt/bitnami/redis/etc', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [6379, 26379],
  clientPorts: [6379],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.'
    + ' The official chart mounts the volume at /data and tells Redis so; 26379 is the port of Sentinel.',
};
