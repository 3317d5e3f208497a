import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: elastic/elasticsearch distribution/docker/src/docker/Dockerfile (config, data, logs and plugins are
 * writable; user elasticsearch, group root); elastic/elasticsearch#71157, #95542, #119341 and #138835 (on which
 * paths have to be writable); elastic/cloud-on-k8s#6126 and pull request #6688;
 * elastic/helm-charts elasticsearch/values.yaml (vm.max_map_count).
 *
 * No sub-folder of the volume: the charts mount its root as well, and lost+found is passed over.
 */
export const elasticsearch: ImageProfileProps = {
  images: ['docker.elastic.co/elasticsearch/elasticsearch', 'docker.io/library/elasticsearch'],
  user: 1000,
  group: 0,
  folders: [
    { path: '/usr/share/elasticsearch/data', kind: FolderKind.DATA, why: 'the indexes' },
    { path: '/usr/share/elasticsearch/logs', why: 'log files' },
    {
      path: '/usr/share/elasticsearch/config',
      kind: FolderKind.SEEDED,
      why: 'elasticsearch.keystore, which is written beside the files that the image brings (jvm.options)',
    },
    {
      path: '/usr/share/elasticsearch/plugins',
      kind: FolderKind.SEEDED,
      why: 'plugins that are installed at start',
      when: { feature: 'plugins' },
    },
    { path: '/tmp', why: 'here-documents of the start script, which does not follow ES_TMPDIR' },
  ],
  ports: [9200, 9300],
  clientPorts: [9200],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'elastic/elasticsearch#71157, #95542, #119341 and #138835',
  note: 'The node needs vm.max_map_count of at least 262144; no hardened pod can set it. Nodes of a cluster talk to each other on 9300: a closed namespace needs that flow declared. '
    + "Name the feature 'plugins' where plugins are installed at start.",
};
