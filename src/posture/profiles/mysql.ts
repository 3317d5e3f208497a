import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: docker-library/mysql at 7f30fdb, 8.4/Dockerfile.oracle; docker-library/docs mysql/content.md (any user
 * id is supported); cybozu-go/moco#186 (the official image with a read-only root restarts for ever);
 * bitnami/charts#2673 ("cannot create temp file for here-document"); docker-library/mysql#186 and #933 (lost+found).
 *
 * A sub-folder of the volume: MySQL initializes an empty folder only, and lost+found makes it not empty.
 */
export const mysql: ImageProfileProps = {
  images: ['docker.io/library/mysql'],
  user: 999,
  group: 999,
  folders: [
    { path: '/var/lib/mysql', kind: FolderKind.DATA, why: 'the databases', subPath: 'mysql' },
    { path: '/var/run/mysqld', why: 'socket and lock files' },
    { path: '/tmp', why: 'temporary tables, here-documents of the start script' },
  ],
  ports: [3306, 33060],
  clientPorts: [3306],
  confidence: ProfileConfidence.HIGH,
  note: 'Port 33060 speaks the X protocol, which few clients use: name it where yours does.',
};
