import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: docker-library/docs wordpress/content.md (static, read-only deployment with /tmp and /run in memory);
 * docker-library/wordpress at bf223d1, Dockerfile.template and docker-entrypoint.sh.
 *
 * No sub-folder of the volume: the start script unpacks over what it finds, and leaves lost+found alone.
 */
export const wordpress: ImageProfileProps = {
  images: ['docker.io/library/wordpress'],
  user: 33,
  group: 33,
  folders: [
    { path: '/var/www/html', kind: FolderKind.DATA, why: 'the code, unpacked at the first start, and uploads' },
    { path: '/tmp', why: 'temporary files and uploads of PHP' },
    { path: '/run', why: "Apache's runtime files" },
  ],
  variants: [{ tags: ['*alpine*', 'cli*'], user: 82, group: 82 }],
  ports: [80],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: "the image's own documentation",
  note: 'Better hardened is an image of your own with the code in it: then only wp-content/uploads has to be writable. The fpm tags listen on 9000.',
};
