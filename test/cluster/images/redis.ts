import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEBIAN_SLIM } from './debian';
import { Definition, ImageConfig } from './definition';

const SCRIPT = readFileSync(join(__dirname, 'scripts/redis.sh'), 'utf8');

const CONFIG: ImageConfig = {
  Entrypoint: ['docker-entrypoint.sh'],
  Cmd: ['redis-server'],
  WorkingDir: '/data',
  ExposedPorts: { '6379/tcp': {} },
  Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'],
};

/**
 * As the official image where its profile could be wrong: the user's number, /data as working folder and as VOLUME, its owner, no configuration.
 *
 * What differs: the version (Debian's, whatever the tag says), and the start script, which leaves out what only root does.
 */
export const redis: Definition = {
  name: 'redis',
  packages: [...DEBIAN_SLIM, 'redis-server'],
  user: { name: 'redis', id: 999, home: '/home/redis' },
  files: { 'usr/local/bin/docker-entrypoint.sh': SCRIPT },
  folders: { data: { owner: 999, mode: '755' } },
  tags: [
    { name: 'docker.io/library/redis:7.4', config: { ...CONFIG, Volumes: { '/data': {} } } },
    // containerd lays a volume of its own, that can be written and ends with the container, where the image says VOLUME. CRI-O makes a mere folder there.
    { name: 'docker.io/library/redis:7.4-as-cri-o-runs-it', config: CONFIG },
  ],
};
