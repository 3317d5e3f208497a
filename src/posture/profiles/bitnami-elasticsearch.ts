import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: bitnami/charts at 5165628 (2026-07-01), bitnami/elasticsearch templates and values.yaml (containerSecurityContext, mounts);
 * bitnami/charts#24251 (2024-03: a read-only root by default; an init container copies what a mount would hide);
 * bitnami/containers, bitnami/elasticsearch (where the image looks for its data volume).
 *
 * No sub-folder of the volume: the official chart mounts its root as well, and lost+found is not in its way.
 */
export const bitnamiElasticsearch: ImageProfileProps = {
  images: ['docker.io/bitnami/elasticsearch', 'docker.io/bitnamilegacy/elasticsearch'],
  user: 1001,
  group: 1001,
  folders: [
    { path: '/bitnami/elasticsearch/data', kind: FolderKind.DATA, why: 'the indexes' },
    { path: '/opt/bitnami/elasticsearch/config', kind: FolderKind.SEEDED, why: 'configuration, written by its start script' },
    { path: '/opt/bitnami/elasticsearch/logs', why: 'log files' },
    { path: '/opt/bitnami/elasticsearch/plugins', kind: FolderKind.SEEDED, why: 'plugins that are installed at start' },
    { path: '/opt/bitnami/elasticsearch/tmp', why: 'pid file and temporary files' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [9200, 9300],
  clientPorts: [9200],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'default of the official chart since bitnami/charts#24251 (2024-03)',
  note: 'Bitnami moved its free images to docker.io/bitnamilegacy in 2025, where they are no longer updated.'
    + ' The node needs vm.max_map_count of at least 262144; no hardened pod can set it. Nodes of a cluster talk to each other on 9300: a closed namespace needs that flow declared.',
};
