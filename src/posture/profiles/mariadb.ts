import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: MariaDB/mariadb-docker at 1b6429b, 11.4/Dockerfile and 10.11-ubi/Dockerfile (uid and gid 999 stated);
 * MariaDB/mariadb-docker pull request #348 (the socket needs a writable /var/run/mysqld);
 * mariadb-operator#100 and #1131 (a read-only root needs extra volumes).
 *
 * A sub-folder of the volume: MariaDB takes each folder in its data folder for a database, lost+found too.
 */
export const mariadb: ImageProfileProps = {
  images: ['docker.io/library/mariadb'],
  user: 999,
  group: 999,
  folders: [
    { path: '/var/lib/mysql', kind: FolderKind.DATA, why: 'the databases', subPath: 'mysql' },
    { path: '/run/mysqld', why: 'socket and lock files' },
    { path: '/tmp', why: 'temporary tables and files' },
  ],
  ports: [3306],
  confidence: ProfileConfidence.MEDIUM,
  note: 'The Debian tags do not pin the user id 999 in their Dockerfile, the -ubi tags do: if files belong to another user, look into /etc/passwd of your digest.',
};
