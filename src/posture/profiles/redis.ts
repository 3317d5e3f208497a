import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: docker-library/redis at e920499, 7.2/debian/Dockerfile and 6.2/alpine/Dockerfile (gid 1000);
 * docker-library/redis docker-entrypoint.sh (chown and gosu only when it starts as root);
 * docker-library/docs redis/content.md, on its user and privileges.
 *
 * No sub-folder of the volume: Redis reads and writes files by their names, and lost+found is not in its way.
 */
export const redis: ImageProfileProps = {
  images: ['docker.io/library/redis'],
  user: 999,
  group: 999,
  folders: [
    { path: '/data', kind: FolderKind.DATA, why: 'snapshots (RDB) and the append-only file' },
  ],
  variants: [{ tags: ['*alpine*'], user: 999, group: 1000 }],
  ports: [6379],
  confidence: ProfileConfidence.HIGH,
  note: 'Where /data is not writable Redis starts, and fails at its first save. A mere cache needs no volume claim: make /data a temp folder.',
};
