import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/**
 * Sources: docker-library/docs nginx/content.md ("requires write access to /var/cache/nginx and /var/run");
 * nginx/docker-nginx Dockerfile-debian.template at 0d7f438 (uid 101, EXPOSE 80);
 * nginx/docker-nginx-unprivileged README (the pid file is /run/nginx.pid since 1.27.5).
 */
export const nginx: ImageProfileProps = {
  images: ['docker.io/library/nginx'],
  user: 101,
  group: 101,
  folders: [
    { path: '/var/cache/nginx', why: 'temporary files of proxied requests' },
    { path: '/var/run', why: 'nginx.pid', beforeVersion: '1.27.5' },
    { path: '/run', why: 'nginx.pid', sinceVersion: '1.27.5' },
  ],
  ports: [80],
  confidence: ProfileConfidence.HIGH,
  readOnlyRootEvidence: "the image's own documentation",
  note: 'The image nginxinc/nginx-unprivileged listens on 8080 and needs only /tmp.',
};
