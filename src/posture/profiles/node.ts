import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/**
 * Sources: nodejs/docker-node at f27d936, 22/bookworm-slim and 22/alpine3.23 Dockerfiles (user node 1000:1000);
 * nodejs/docker-node docs/BestPractices.md, on running as another user than root.
 */
export const node: ImageProfileProps = {
  images: ['docker.io/library/node'],
  user: 1000,
  group: 1000,
  confidence: ProfileConfidence.MEDIUM,
  note: "The image itself runs as root, but has a user 'node'. Which folders are written to is up to the application: /tmp is where to begin.",
};
