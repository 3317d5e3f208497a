import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/nginx templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide).
 */
export const bitnamiNginx: ImageProfileProps = {
  images: ['docker.io/bitnami/nginx', 'docker.io/bitnamilegacy/nginx'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/opt/bitnami/nginx/conf', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/opt/bitnami/nginx/logs', why: 'log files' },
    { path: '/opt/bitnami/nginx/tmp', why: 'pid file and temporary files of requests' },
    { path: '/certs', why: 'certificates, made at start' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [8080, 8443],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.',
};
