import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DEBIAN_SLIM } from './debian';
import { Definition, ImageConfig } from './definition';

const SCRIPT = readFileSync(join(__dirname, 'scripts/nginx.sh'), 'utf8');

/** nginx makes these when it starts. The official images have it compiled with these paths, Debian's with others: here the configuration says them. */
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

function configuration(pid: string, temporary: string): string {
  return `user nginx;
worker_processes auto;
error_log /var/log/nginx/error.log notice;
pid ${pid};
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /var/log/nginx/access.log;
  sendfile on;
${TEMPORARY.map(name => `  ${name}_temp_path ${temporary}/${name === 'client_body' ? 'client' : name}_temp;\n`).join('')}  include /etc/nginx/conf.d/*.conf;
}
`;
}

function site(port: number): string {
  return `server {
  listen ${port};
  location / {
    root /usr/share/nginx/html;
    index index.html;
  }
}
`;
}

function config(port: number): ImageConfig {
  return {
    Entrypoint: ['/docker-entrypoint.sh'],
    Cmd: ['nginx', '-g', 'daemon off;'],
    StopSignal: 'SIGQUIT',
    ExposedPorts: { [`${port}/tcp`]: {} },
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'],
  };
}

/**
 * As the official image where a profile could be wrong: the user's number, the pid file before and after 1.27.5, where temporary files go,
 * logs to the container's output, templates that become configuration, owners and modes of its folders.
 *
 * What differs: the version (Debian's, whatever the tag says), the start script, which does only that, and that temporary folders
 * are configured instead of compiled in.
 */
export const nginx: Definition = {
  name: 'nginx',
  packages: [...DEBIAN_SLIM, 'nginx', 'gettext-base'],
  user: { name: 'nginx', id: 101, home: '/nonexistent' },
  files: {
    'docker-entrypoint.sh': SCRIPT,
    'usr/share/nginx/html/index.html': 'Welcome to nginx!\n',
  },
  folders: { 'var/cache/nginx': { owner: 0, mode: '755' } },
  finish: root => {
    for (const folder of ['conf.d', 'modules-enabled', 'sites-available', 'sites-enabled', 'snippets']) rmSync(join(root, 'etc/nginx', folder), { recursive: true, force: true });
    rmSync(join(root, 'var/lib/nginx'), { recursive: true, force: true });
    for (const [log, output] of [['access', 'stdout'], ['error', 'stderr']]) symlinkSync(`/dev/${output}`, join(root, 'var/log/nginx', `${log}.log`));
  },
  tags: [
    {
      name: 'docker.io/library/nginx:1.26',
      config: config(80),
      files: { 'etc/nginx/nginx.conf': configuration('/var/run/nginx.pid', '/var/cache/nginx'), 'etc/nginx/conf.d/default.conf': site(80) },
    },
    {
      name: 'docker.io/library/nginx:1.28',
      config: config(80),
      files: { 'etc/nginx/nginx.conf': configuration('/run/nginx.pid', '/var/cache/nginx'), 'etc/nginx/conf.d/default.conf': site(80) },
    },
    {
      name: 'docker.io/nginxinc/nginx-unprivileged:1.28',
      config: { ...config(8080), User: '101' },
      files: { 'etc/nginx/nginx.conf': configuration('/tmp/nginx.pid', '/tmp'), 'etc/nginx/conf.d/default.conf': site(8080) },
    },
  ],
};
