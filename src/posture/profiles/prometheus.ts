import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: prometheus/prometheus Dockerfile (EXPOSE 9090, VOLUME /prometheus);
 * prometheus-community/helm-charts at cf408a2, charts/prometheus/values.yaml (uid and gid 65534).
 *
 * No sub-folder of the volume: folders that are no block of its database, lost+found too, are passed over.
 */
export const prometheus: ImageProfileProps = {
  images: ['docker.io/prom/prometheus', 'quay.io/prometheus/prometheus'],
  user: 65534,
  group: 65534,
  folders: [
    { path: '/prometheus', kind: FolderKind.DATA, why: 'the time series' },
  ],
  ports: [9090],
  confidence: ProfileConfidence.HIGH,
  note: 'The community chart keeps the time series in /data: where --storage.tsdb.path says another folder, state that one. Old revisions of the image ran as user 1000.',
};
