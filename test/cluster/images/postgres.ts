import { appendFileSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DEBIAN_SLIM } from './debian';
import { Definition, ImageConfig, Tag } from './definition';

const SCRIPT = readFileSync(join(__dirname, 'scripts/postgres.sh'), 'utf8');
/** Of `postgresql`, which depends on the one that this Debian has. */
const PROGRAMS = 'usr/lib/postgresql';

function tag(name: string, volume: string, pgdata: string, user: number): Tag {
  const config: ImageConfig = {
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['postgres'],
    StopSignal: 'SIGINT',
    ExposedPorts: { '5432/tcp': {} },
    Volumes: { [volume]: {} },
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/usr/lib/postgresql/bin', 'LANG=C.UTF-8', `PGDATA=${pgdata}`],
  };
  const folders = {
    'var/lib/postgresql': { owner: user, mode: '1777' },
    ...volume === pgdata && { [volume.slice(1)]: { owner: user, mode: '1777' } },
    'run/postgresql': { owner: user, mode: '3777' },
  };
  const files = { 'etc/passwd': `root:x:0:0::/root:/bin/sh\npostgres:x:${user}:${user}::/var/lib/postgresql:/bin/sh\n` };
  return { name: `docker.io/library/postgres:${name}`, config, files, folders };
}

/**
 * As the official image where its profile could be wrong: the users' numbers, PGDATA and VOLUME up to 17 and from 18 on, the socket's folder, owners
 * and modes of its folders, when and with what `initdb` is called, and scripts of the user at the first start.
 *
 * What differs: the version (Debian's, whatever the tag says), the start script, which leaves out what only root does and warnings,
 * and the locale. The tag of Alpine has its user's numbers alone: the rest is Debian.
 */
export const postgres: Definition = {
  name: 'postgres',
  packages: [...DEBIAN_SLIM, 'postgresql'],
  user: { name: 'postgres', id: 999, home: '/var/lib/postgresql' },
  files: { 'usr/local/bin/docker-entrypoint.sh': SCRIPT },
  folders: { 'docker-entrypoint-initdb.d': { owner: 0, mode: '755' } },
  finish: root => {
    const [version] = readdirSync(join(root, PROGRAMS));
    appendFileSync(join(root, 'usr/share/postgresql', version, 'postgresql.conf.sample'), "listen_addresses = '*'\n");
    symlinkSync(`${version}/bin`, join(root, PROGRAMS, 'bin'));
  },
  tags: [
    tag('17', '/var/lib/postgresql/data', '/var/lib/postgresql/data', 999),
    tag('18', '/var/lib/postgresql', '/var/lib/postgresql/18/docker', 999),
    tag('17-alpine', '/var/lib/postgresql/data', '/var/lib/postgresql/data', 70),
  ],
};
