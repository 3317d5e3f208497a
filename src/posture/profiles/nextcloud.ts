import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: nextcloud/docker Dockerfile-debian.template and docker-entrypoint.sh (rsync of the code, the file for
 * Redis); nextcloud/docker#1028 (a comment: read-only with /run and /tmp in memory works as another user);
 * nextcloud/helm at c968d8b, values.yaml (33:33); docker-library/php (www-data is 82:82 in the Alpine images).
 *
 * A sub-folder of the volume: rsync --delete stumbles over lost+found, which only root may read.
 */
export const nextcloud: ImageProfileProps = {
  images: ['docker.io/library/nextcloud'],
  user: 33,
  group: 33,
  folders: [
    { path: '/var/www/html', kind: FolderKind.DATA, why: 'the code, copied here at start, configuration and files', subPath: 'html' },
    { path: '/tmp', why: 'temporary files of PHP' },
    { path: '/run', why: "Apache's runtime files" },
    {
      path: '/usr/local/etc/php/conf.d',
      kind: FolderKind.SEEDED,
      why: 'redis-session.ini, written where sessions are kept in Redis',
      when: { envPrefixes: ['REDIS_HOST'] },
    },
  ],
  variants: [{ tags: ['*alpine*'], user: 82, group: 82 }],
  ports: [80],
  confidence: ProfileConfidence.MEDIUM,
  readOnlyRootEvidence: 'a comment on nextcloud/docker#1028',
  note: 'The fpm tags listen on 9000.',
};
