import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: minio/minio at 7aac2a2, helm/minio/values.yaml (1000:1000, readOnlyRootFilesystem: false);
 * minio/minio#14763 (mkdir /.minio fails on a read-only root; an emptyDir there works);
 * minio/minio Dockerfile.release (VOLUME /data, EXPOSE 9000).
 *
 * No sub-folder of the volume: the chart mounts its root as well, and lost+found is no lawful name of a bucket.
 */
export const minio: ImageProfileProps = {
  images: ['docker.io/minio/minio', 'quay.io/minio/minio'],
  user: 1000,
  group: 1000,
  folders: [
    { path: '/data', kind: FolderKind.DATA, why: 'the objects' },
    { path: '/.minio', why: 'configuration and certificates, made at start where HOME is /' },
    { path: '/tmp', why: 'temporary files' },
  ],
  ports: [9000, 9001],
  clientPorts: [9000],
  confidence: ProfileConfidence.MEDIUM,
  note: 'The official chart leaves the root writable and keeps the objects in /export: where the server is started with another folder, state that one. 9001 is the console, if it is opened.',
};
