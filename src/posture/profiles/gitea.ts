import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: go-gitea/gitea Dockerfile.rootless (uid 1000, the volumes, GITEA_TEMP);
 * go-gitea/gitea#15875 and pull request #16077 (read-only root).
 *
 * No sub-folder of the volumes: Gitea makes its own folders in them, and lost+found is not in its way.
 */
export const gitea: ImageProfileProps = {
  images: ['docker.io/gitea/gitea', 'docker.gitea.com/gitea'],
  tags: ['*-rootless'],
  user: 1000,
  group: 1000,
  folders: [
    { path: '/var/lib/gitea', kind: FolderKind.DATA, why: 'repositories, attachments, the home folder' },
    { path: '/etc/gitea', kind: FolderKind.DATA, why: 'app.ini, written at the first start' },
    { path: '/tmp/gitea', why: 'temporary files' },
  ],
  ports: [3000, 2222],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'go-gitea/gitea#15875',
  note: 'This is about the rootless tags; the others start as root and cannot be hardened.',
};
