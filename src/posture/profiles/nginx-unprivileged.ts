import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/**
 * Sources: nginx/docker-nginx-unprivileged at e26803b, Dockerfile-debian.template (uid 101, port 8080, every
 * temporary path below /tmp); its README (the errors that a read-only file system gives, and the mount that ends them).
 */
export const nginxUnprivileged: ImageProfileProps = {
  images: ['docker.io/nginxinc/nginx-unprivileged'],
  user: 101,
  group: 101,
  folders: [
    { path: '/tmp', why: 'pid file and all temporary files of requests' },
  ],
  ports: [8080],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: 'its README, on errors of a read-only file system',
  note: 'Its files belong to group 0 and are writable to it, so that another user id works as well as long as the group is 0.',
};
