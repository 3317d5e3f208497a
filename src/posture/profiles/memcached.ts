import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/**
 * Sources: docker-library/memcached at 53ac0ec, 1/debian/Dockerfile and 1/alpine/Dockerfile (uid 11211);
 * bitnami/charts at 5165628, bitnami/memcached/templates/deployment.yaml (another image: that one mounts /tmp).
 */
export const memcached: ImageProfileProps = {
  images: ['docker.io/library/memcached'],
  user: 11211,
  group: 11211,
  ports: [11211],
  confidence: ProfileConfidence.MEDIUM,
  note: 'No folder is known that the official image writes to.',
};
