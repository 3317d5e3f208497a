import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/**
 * Sources: envoyproxy/envoy ci/Dockerfile-envoy (a user envoy without a pinned id; a distroless variant whose user is
 * nonroot); envoyproxy.io, start/docker (it starts as root and switches to the user envoy).
 */
export const envoy: ImageProfileProps = {
  images: ['docker.io/envoyproxy/envoy'],
  ports: [10000],
  confidence: ProfileConfidence.LOW,
  note: 'The id of its user is not known: choose a numeric one, or take a distroless tag. 9901 is the usual port of administration, if your configuration opens it.',
};
