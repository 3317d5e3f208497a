import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/minio templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide);
 * bitnami/containers, bitnami/minio (where the image looks for its data volume).
 *
 * No sub-folder of the volume: the official chart mounts its root as well, and lost+found is not in its way.
 */
export const bitnamiMinio: ImageProfileProps = {
  images: ['docker.io/bitnami/minio', 'docker.io/bitnamilegacy/minio'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/bitnami/minio/data', kind: FolderKind.DATA, why: 'the objects' },
    { path: '/.mc', why: 'configuration of the command line mc' },
    { path: '/opt/bitnami/minio/tmp', why: 'temporary files of the start script' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [9000],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.',
};
