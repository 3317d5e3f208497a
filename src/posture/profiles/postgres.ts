import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: docker-library/postgres at 6edb0a8, 17/bookworm, 18/bookworm and 14/alpine3.22 Dockerfiles (uid 70);
 * docker-library/postgres#154 (read-only needs /run and /tmp) and pull request #205;
 * goauthentik/helm pull request #427 (mount /var/run/postgresql);
 * docker-library/postgres#1065 and #1270, docker-library/docs postgres/content.md on PGDATA.
 *
 * PostgreSQL wants to own its data folder and to set it to 0700. Neither the root of a volume nor a sub-folder
 * that the kubelet makes for a `subPath` is owned by uid 999, so up to 17 the data go one folder deeper, into one
 * that PostgreSQL makes itself; the `subPath` keeps lost+found out of sight. From 18 on the mount is the parent of
 * the data folder (18/docker), which the image makes, so that neither is needed.
 */
export const postgres: ImageProfileProps = {
  images: ['docker.io/library/postgres'],
  user: 999,
  group: 999,
  folders: [
    {
      path: '/var/lib/postgresql/data',
      kind: FolderKind.DATA,
      why: 'the database, up to version 17',
      beforeVersion: '18',
      subPath: 'postgres',
      env: { PGDATA: '/var/lib/postgresql/data/pgdata' },
    },
    { path: '/var/lib/postgresql', kind: FolderKind.DATA, why: 'the database, in a folder of its version', sinceVersion: '18' },
    { path: '/var/run/postgresql', why: 'unix socket and lock file' },
    { path: '/tmp', why: 'here-documents of the start script, temporary files' },
  ],
  variants: [{ tags: ['*alpine*'], user: 70, group: 70 }],
  ports: [5432],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'docker-library/postgres#154',
  note: 'Debian and Alpine tags have different user ids: changing from one to the other on the same volume needs a chown. '
    + 'Up to version 17 the data lie in the folder pgdata of the mount; set PGDATA yourself where a volume is laid out otherwise.',
};
