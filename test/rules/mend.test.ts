import { Container, Manifest, PodSpec } from '../../src/kube/pod-spec';
import { ASSUMPTIONS } from '../../src/rules/mend/assumptions';
import { mend } from '../../src/rules/mend/mend';

/** What is set in the container without being asked, and why the rest is left. */
function told(container: Partial<Container>, spec: Partial<PodSpec> = {}): { fields: string[]; why: string } {
  const pod: Manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { ...spec, containers: [{ name: 'a', image: 'ghcr.io/acme/a:1', ...container }] } };
  const { changes, left } = mend(pod, { minor: 35, today: '2026-11-21', assume: new Set() });
  const start = 'spec.containers[0].securityContext.';
  return {
    fields: changes.map(({ field }) => field).filter(field => field.startsWith(start)).map(field => field.slice(start.length)),
    why: left.map(({ advice }) => advice).join('\n'),
  };
}

const REDIS = { image: 'redis:7.4', volumeMounts: [{ name: 'v', mountPath: '/data' }] };
const KNOWN = ['runAsUser', 'runAsGroup', 'allowPrivilegeEscalation', 'capabilities.drop', 'runAsNonRoot', 'readOnlyRootFilesystem'];
const CLAIM = { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'v' } }] };

test.each<[string, Partial<Container>, Partial<PodSpec>, string[]]>([
  ['an image of which nothing is known', {}, {}, ['allowPrivilegeEscalation']],
  ['a user that is said', { securityContext: { runAsUser: 1000 } }, {}, ['allowPrivilegeEscalation', 'runAsNonRoot']],
  ['root that is said', { ...REDIS, securityContext: { runAsUser: 0 } }, CLAIM, ['allowPrivilegeEscalation']],
  ['a privileged container', { ...REDIS, securityContext: { privileged: true } }, CLAIM, []],
  ['SYS_ADMIN', { securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }, {}, []],
  ['capabilities that only files bring to others than root', { securityContext: { runAsUser: 1000, capabilities: { add: ['NET_RAW'] } } }, {}, ['runAsNonRoot']],
  ['capabilities of root', { securityContext: { runAsUser: 0, capabilities: { add: ['NET_RAW'] } } }, {}, ['allowPrivilegeEscalation']],
  ['sudo', { command: ['sh', '-c', 'sudo -E start'] }, {}, []],
  ['an image whose profile is well founded', REDIS, CLAIM, KNOWN],
  ['its own program by name', { ...REDIS, command: ['redis-server', '/etc/redis.conf'] }, CLAIM, KNOWN],
  ['another program of such an image', { ...REDIS, command: ['sh', '-c', 'chown -R 999 /data'] }, CLAIM, ['allowPrivilegeEscalation']],
  ['a folder of the node, which belongs to somebody', REDIS, { volumes: [{ name: 'v', hostPath: { path: '/x' } }] }, ['allowPrivilegeEscalation']],
  ['data that lie on no volume', { image: 'redis:7.4' }, {}, KNOWN.slice(0, -1)],
  ['a low port of the node', { image: 'nginx:1.28', ports: [{ containerPort: 80 }] }, { hostNetwork: true }, ['allowPrivilegeEscalation']],
  ['a low port of the node beside a container that ends', { image: 'nginx:1.28' }, { hostNetwork: true, initContainers: [{ name: 'init', image: 'nginx:1.28' }] },
    ['allowPrivilegeEscalation']],
  ['Windows', REDIS, { ...CLAIM, os: { name: 'windows' } }, []],
])('fix sets without being asked for %s', (_, container, spec, fields) => {
  expect(told(container, spec).fields.sort()).toEqual([...fields].sort());
});

test.each<[string, Partial<Container>, Partial<PodSpec>, string]>([
  ['a folder of the node', REDIS, { volumes: [{ name: 'v', hostPath: { path: '/x' } }] }, "It is not known that user 999 may write to volume 'v', which Kubernetes hands to nobody; --assume=user goes by it."],
  ['links that are read', { args: ['--db=$(DB_SERVICE_HOST)'] }, {}, "Container 'a' reads the address of a Service from its environment."],
  ['low ports of the node', { image: 'nginx:1.28' }, { hostNetwork: true }, 'A port below 1024 on the network of the node is open to root only.'],
])('fix says why it leaves %s', (_, container, spec, why) => {
  expect(told(container, spec).why).toContain(why);
});

test('a container that copies files of the image asks for no group that the others do not ask for', () => {
  const spec = {
    hostNetwork: true,
    containers: [
      { name: 'a', image: 'nginx:1.28', securityContext: { runAsUser: 1000 } },
      { name: 'b', image: 'quay.io/keycloak/keycloak:26.0', ports: [{ containerPort: 80 }] },
    ],
  };
  const once = mend({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec }, { minor: 35, today: '2026-11-21', assume: new Set(ASSUMPTIONS) });
  expect(once.manifest.spec!.initContainers).toHaveLength(1);
  expect(mend(once.manifest, { minor: 35, today: '2026-11-21', assume: new Set(ASSUMPTIONS) }).changes).toEqual([]);
});
