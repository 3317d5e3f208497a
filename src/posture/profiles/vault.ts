import { ImageProfileProps, ProfileConfidence } from '../image-profile';
import { FolderKind } from '../writable-folder';

/**
 * Sources: hashicorp/vault-helm templates/_helpers.tpl and templates/server-statefulset.yaml (mounts, SKIP_CHOWN and
 * SKIP_SETCAP); hashicorp/docker-vault at ed32395, 0.X/docker-entrypoint.sh (chown of the mounts, setcap
 * cap_ipc_lock, and the variables that skip them).
 *
 * No sub-folder of the volume: both storages read their own names only, and lost+found is not in their way.
 */
export const vault: ImageProfileProps = {
  images: ['docker.io/hashicorp/vault'],
  user: 100,
  group: 1000,
  folders: [
    {
      path: '/vault/data',
      kind: FolderKind.DATA,
      why: 'integrated storage (raft), as the official chart has it',
      when: { feature: 'file-storage', argPrefixes: ['agent', 'proxy', '-dev'], unless: true },
    },
    { path: '/vault/file', kind: FolderKind.DATA, why: 'the file storage', when: { feature: 'file-storage' } },
    { path: '/vault/logs', why: 'audit logs' },
    { path: '/home/vault', why: 'its home folder: the token of the command line' },
  ],
  env: { SKIP_CHOWN: 'true', SKIP_SETCAP: 'true' },
  ports: [8200, 8201, 8202],
  clientPorts: [8200],
  confidence: ProfileConfidence.MEDIUM,
  note: 'Vault locks its memory unless its configuration says disable_mlock = true. Locking needs the capability IPC_LOCK, which is granted only by a waiver of yours. '
    + "Name the feature 'file-storage' where the file storage is used (/vault/file) and not the integrated one (/vault/data). "
    + 'Members of a cluster talk to each other on 8201: a closed namespace needs that flow declared.',
};
