import { busybox } from './busybox';
import { Definition } from './definition';
import { nginx } from './nginx';
import { postgres } from './postgres';
import { redis } from './redis';

export const IMAGES: readonly Definition[] = [busybox, nginx, redis, postgres];
