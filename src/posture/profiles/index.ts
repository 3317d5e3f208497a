import { ImageProfileProps } from '../image-profile';
import { nginx } from './nginx';

/** Every built-in profile, one file an image. */
export const PROFILES: readonly ImageProfileProps[] = [
  nginx,
];
