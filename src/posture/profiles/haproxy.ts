import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/**
 * Sources: docker-library/haproxy at ec437dd, 3.0/Dockerfile (user haproxy by name, uid and gid 99);
 * docker-library/docs haproxy/content.md (since 2.4 it runs as that user; a sysctl for ports below 1024).
 */
export const haproxy: ImageProfileProps = {
  images: ['docker.io/library/haproxy'],
  user: 99,
  group: 99,
  confidence: ProfileConfidence.MEDIUM,
  note: 'The image brings no configuration, and so no ports: declare those that yours opens. A stats socket needs a temp folder of its own.',
};
