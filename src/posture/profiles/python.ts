import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/** Sources: docker-library/python at 4f07059 (no user other than root in any Dockerfile). */
export const python: ImageProfileProps = {
  images: ['docker.io/library/python'],
  confidence: ProfileConfidence.LOW,
  note: 'The image has no user but root: choose a numeric one that may read your application. Which folders are written to is up to the application.',
};
