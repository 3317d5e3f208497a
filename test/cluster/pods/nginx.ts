import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDaemonSet, HardenedDeployment, HardenedPod, SecureNamespace } from '../../../src';
import { LivePod } from './live-pod';
import { expectText } from './said';
import { Action, Subject, Witness } from './subject';

const IS_READY = kplus.Probe.fromHttpGet('/', { periodSeconds: Duration.seconds(2), timeoutSeconds: Duration.seconds(5) });
const LARGE = 32 * 1024 * 1024;

/** A site that hands uploads on, and fetches what it is asked for from another server: both go through temporary files, if they are large. */
function site(port: number, temporary: string): string {
  return `server {
  listen ${port};
  client_max_body_size 0;
  location / { root /usr/share/nginx/html; }
  location /upload { proxy_pass http://127.0.0.1:8081/taken; }
  location /download { proxy_pass http://127.0.0.1:8081/large; }
}
server {
  listen 127.0.0.1:8081;
  client_max_body_size 0;
  location /taken { return 200 "taken\\n"; }
  location /large { alias ${temporary}/large; }
}
`;
}

function configuration(namespace: SecureNamespace, path: string, files: { [name: string]: string }): kplus.VolumeMount {
  const config = new kplus.ConfigMap(namespace, `config${path.replace(/\W/g, '-')}`, { data: files });
  return { path, volume: kplus.Volume.fromConfigMap(namespace, `volume${path}`.replace(/\W/g, '-'), config) };
}

/** A pod of the same namespace that may connect to the site, and has BusyBox' wget. */
function addClient(namespace: SecureNamespace, web: HardenedDeployment | HardenedDaemonSet): void {
  const visitor = new HardenedPod(namespace, 'client', {
    containers: [{ image: 'busybox:1.37', command: ['sleep', '3600'], securityContext: { user: 10001, group: 10001 } }],
    tempFolders: ['/tmp'],
    metadata: { labels: { app: 'client' } },
  });
  visitor.connectTo(web);
}

async function client(pod: LivePod): Promise<LivePod> {
  const other = pod.neighbour('app=client');
  await other.starts();
  return other;
}

async function fetch(pod: LivePod, port: number, path: string, options = '', then = ''): Promise<string> {
  return (await client(pod)).sh(`timeout 30 wget -q -O - ${options} http://${pod.address}:${port}${path} ${then}`);
}

function work(port: number, temporary: string): Action[] {
  return [
    {
      title: 'serves a page to another pod',
      run: async pod => expectText(await fetch(pod, port, '/'), 'Welcome to nginx!'),
    },
    {
      title: 'takes an upload that is too large for its memory',
      run: async pod => {
        (await client(pod)).sh(`head -c ${LARGE} /dev/zero | tr '\\0' x >/tmp/upload`); // wget sends what is before the first zero
        expectText(await fetch(pod, port, '/upload', '--post-file /tmp/upload'), 'taken');
        expectText(pod.log(), new RegExp(`a client request body is buffered to a temporary file ${temporary}/client_temp/`));
      },
    },
    {
      title: 'hands on a download that comes faster than its client takes it',
      run: async pod => {
        pod.sh(`head -c ${LARGE} /dev/zero >${temporary}/large`);
        expectText(await fetch(pod, port, '/download', '', '| (sleep 2; wc -c)'), String(LARGE));
        expectText(pod.log(), new RegExp(`an upstream response is buffered to a temporary file ${temporary}/proxy_temp/`));
      },
    },
  ];
}

/** nginx refuses to start without these, and names the file. */
function starts(title: string, file: string): Witness {
  return { title: `starts, ${title}`, run: pod => pod.starts(), says: new RegExp(`"${file}" failed \\(30: Read-only file system\\)`) };
}

/** The official image: its pid file is in another folder since 1.27.5. */
function official(version: string, run: string): Subject {
  const name = `nginx-${version.replace('.', '-')}`;
  return {
    title: `nginx:${version}`,
    name,
    user: 101,
    group: 101,
    write: namespace => addClient(namespace, new HardenedDeployment(namespace, name, {
      containers: [{
        image: `nginx:${version}`,
        portNumber: 80,
        readiness: IS_READY,
        volumeMounts: [configuration(namespace, '/etc/nginx/conf.d', { 'default.conf': site(80, '/var/cache/nginx') })],
      }],
      replicas: 1,
    })),
    work: work(80, '/var/cache/nginx'),
    witnesses: {
      '/var/cache/nginx': starts('making its folders for temporary files', '/var/cache/nginx/client_temp'),
      [run]: starts('writing its pid file', `${run}/nginx.pid`),
    },
  };
}

const unprivileged: Subject = {
  title: 'nginx-unprivileged:1.28',
  name: 'nginx-unprivileged',
  user: 101,
  group: 101,
  write: namespace => addClient(namespace, new HardenedDaemonSet(namespace, 'nginx-unprivileged', {
    containers: [{
      image: 'nginxinc/nginx-unprivileged:1.28',
      portNumber: 8080,
      readiness: IS_READY,
      volumeMounts: [configuration(namespace, '/etc/nginx/conf.d', { 'default.conf': site(8080, '/tmp') })],
    }],
  })),
  work: work(8080, '/tmp'),
  witnesses: { '/tmp': starts('making its folders for temporary files', '/tmp/client_temp') },
};

/** A folder of the image that its start script writes to: copied into a volume before. */
const seeded: Subject = {
  title: 'nginx:1.28 with templates, in a seeded folder',
  name: 'nginx-seeded',
  user: 101,
  group: 101,
  write: namespace => {
    const web = new HardenedDeployment(namespace, 'nginx-seeded', {
      containers: [{
        image: 'nginx:1.28',
        portNumber: 80,
        readiness: IS_READY,
        envVariables: { GREETING: kplus.EnvValue.fromValue('filled in') },
        volumeMounts: [configuration(namespace, '/etc/nginx/templates', { 'greeting.conf.template': 'server { listen 8081; location / { return 200 "${GREETING}\\n"; } }' })],
      }],
      replicas: 1,
    });
    web.addSeededFolder('/etc/nginx/conf.d');
    web.acceptFrom(web, { ports: [8081] });
    addClient(namespace, web);
  },
  work: [
    { title: "has the image's files", run: async pod => expectText(await fetch(pod, 80, '/'), 'Welcome to nginx!') },
    {
      title: "changes one of the image's files, and lives by it",
      run: async pod => {
        pod.sh("sed -i 's|index index.html|return 200 changed|' /etc/nginx/conf.d/default.conf && nginx -s reload");
        await pod.eventuallySays(async () => fetch(pod, 80, '/'), 'changed');
      },
    },
  ],
  witnesses: {
    '/etc/nginx/conf.d': {
      title: 'fills a template with its environment',
      run: pod => expectText(pod.exec('cat', '/etc/nginx/conf.d/greeting.conf'), /return 200 "filled in/),
      says: /\/etc\/nginx\/conf\.d is not writable/,
    },
    '/var/cache/nginx': starts('making its folders for temporary files', '/var/cache/nginx/client_temp'),
    '/run': starts('writing its pid file', '/run/nginx.pid'),
  },
};

export const nginx = [official('1.26', '/var/run'), official('1.28', '/run'), unprivileged, seeded];
