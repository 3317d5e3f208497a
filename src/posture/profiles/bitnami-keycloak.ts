import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/keycloak templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide).
 */
export const bitnamiKeycloak: ImageProfileProps = {
  images: ['docker.io/bitnami/keycloak', 'docker.io/bitnamilegacy/keycloak'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/opt/bitnami/keycloak/conf', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/opt/bitnami/keycloak/data', kind: FolderKind.SEEDED, why: 'compressed themes, files to import' },
    { path: '/opt/bitnami/keycloak/lib/quarkus', kind: FolderKind.SEEDED, why: 'written anew when the server configures itself at start' },
    { path: '/opt/bitnami/keycloak/providers', kind: FolderKind.SEEDED, why: 'providers that are added at start' },
    { path: '/opt/bitnami/keycloak/themes', kind: FolderKind.SEEDED, why: 'themes that are added at start' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [8080, 8443, 9000],
  clientPorts: [8080, 8443],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.'
    + ' Port 9000 is for health checks and metrics.',
};
