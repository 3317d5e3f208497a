import { JsonPatch, Testing } from 'cdk8s';
import { HardenedDeploymentProps, ImageProfile, SecurityDefaults } from '../../src';
import { KINDS, MAKE, WEB, apiObject, chart, failure, podPointer, web } from './made';

const IDS = 'Write a whole number from 0 to 2147483647, such as 10001.';
const APPARMOR = "Write 'RuntimeDefault' or 'Localhost/<name of a profile on the node>'.";

describe.each<[HardenedDeploymentProps, string]>([
  [{ runAsUser: -1 }, `runAsUser is -1, which is no numeric id [id-invalid]. ${IDS}`],
  [{ runAsUser: 1.5 }, `runAsUser is 1.5, which is no numeric id [id-invalid]. ${IDS}`],
  [{ runAsGroup: 2 ** 31 }, `runAsGroup is 2147483648, which is no numeric id [id-invalid]. ${IDS}`],
  [{ runAsUser: NaN }, `runAsUser is NaN, which is no numeric id [id-invalid]. ${IDS}`],
  [{ revisionHistoryLimit: -1 }, 'revisionHistoryLimit is -1 [number-invalid]. Write a whole number from 0 on, such as 3.'],
  [{ revisionHistoryLimit: 0.5 }, 'revisionHistoryLimit is 0.5 [number-invalid]. Write a whole number from 0 on, such as 3.'],
  [{ topologyKeys: [''] }, "'' is no label of nodes [topology-key-invalid]. Write such as 'kubernetes.io/hostname'; an empty list spreads nothing."],
  [{ topologyKeys: ['kubernetes.io/host name'] }, "'kubernetes.io/host name' is no label of nodes [topology-key-invalid]. Write such as 'kubernetes.io/hostname'; an empty list spreads nothing."],
  [{ appArmorProfile: 'runtimedefault' }, `'runtimedefault' is no AppArmor profile [apparmor-invalid]. ${APPARMOR}`],
  [{ appArmorProfile: 'Localhost' }, `'Localhost' is no AppArmor profile [apparmor-invalid]. ${APPARMOR}`],
  [{ appArmorProfile: 'Localhost/' }, `'Localhost/' is no AppArmor profile [apparmor-invalid]. ${APPARMOR}`],
  [{ appArmorProfile: 'RuntimeDefault/x' }, `'RuntimeDefault/x' is no AppArmor profile [apparmor-invalid]. ${APPARMOR}`],
  [{ runtimeClassName: 'gVisor' }, "'gVisor' is no name that Kubernetes takes for a RuntimeClass [name-invalid]. Did you mean 'gvisor'?"],
  [{ priorityClassName: 'very high' }, "'very high' is no name that Kubernetes takes for a PriorityClass [name-invalid]. Did you mean 'very-high'?"],
  [{ memoryLimit: '64MB' }, "'64MB' is no quantity for memoryLimit [quantity-invalid]. Did you mean '64M'?"],
  [{ tempFolderSizeLimit: 'a lot' }, "'a lot' is no quantity for tempFolderSizeLimit [quantity-invalid]. Write a positive number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'."],
])('%j is refused', (props, message) => {
  test('on a workload', () => {
    expect(failure(() => web({ containers: [WEB], ...props }))).toBe(`shop/web: ${message}`);
  });

  test('as defaults of a scope', () => {
    expect(failure(() => SecurityDefaults.of(chart()).set(props))).toBe(`shop: ${message}`);
  });
});

test.each(['RuntimeDefault', 'Localhost/web', 'Localhost/team/web'])("'%s' is an AppArmor profile", appArmorProfile => {
  expect(failure(() => web({ containers: [WEB], appArmorProfile }))).toBe('nothing failed');
});

test('a StorageClass and a claim have names that Kubernetes takes', () => {
  expect(failure(() => web({ containers: [WEB], storageClassName: 'Fast!' }))).toBe("shop/web: 'Fast!' is no name that Kubernetes takes for a StorageClass [name-invalid]. Did you mean 'fast'?");
  expect(failure(() => web({ containers: [WEB] }).addDataFolder('/data', { claimName: 'My_Claim' })))
    .toBe("shop/web: 'My_Claim' is no name that Kubernetes takes for a PersistentVolumeClaim [name-invalid]. Did you mean 'my-claim'?");
});

test.each([
  [{ memoryLimit: '1GB' }, "image profile acme: '1GB' is no quantity for memoryLimit [quantity-invalid]. Did you mean '1G'?"],
  [{ memoryRequest: 'x' }, "image profile acme: 'x' is no quantity for memoryRequest [quantity-invalid]. Write a positive number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'."],
  [{ folders: [{ path: '/tmp', sizeLimit: '1MB' }] }, "image profile acme: '1MB' is no quantity for the size of '/tmp' [quantity-invalid]. Did you mean '1M'?"],
  [{ folders: [{ path: '/d', subPath: '/x' }] }, "image profile acme: subPath '/x' of folder '/d' is no folder within the volume [folder-path-invalid]. Write it without a leading '/' and without '..', such as 'data'."],
  [{ ports: [70000] }, 'image profile acme: port 70000 is out of range [port-invalid]. Ports go from 1 to 65535.'],
  [{ clientPorts: [-5] }, 'image profile acme: client port -5 is out of range [port-invalid]. Ports go from 1 to 65535.'],
])('a profile of %j is refused', (props, message) => {
  expect(failure(() => ImageProfile.of({ images: ['acme'], ...props }))).toBe(message);
});

describe('a service account token', () => {
  const add = (options: object) => failure(() => web({ containers: [WEB] }).addServiceAccountToken({ audience: 'vault', path: '/var/run/secrets/vault', ...options }));

  test.each<[object, string]>([
    [{ audience: '' }, "shop/web: the service account token has no audience [token-invalid]. Name who checks it: { audience: 'vault', path: '/var/run/secrets/vault' }."],
    [{ audience: '  ' }, "shop/web: the service account token has no audience [token-invalid]. Name who checks it: { audience: 'vault', path: '/var/run/secrets/vault' }."],
    [{ path: 'vault' }, "shop/web: folder 'vault' is not absolute [folder-path-invalid]. Did you mean '/vault'?"],
    [{ path: '/' }, "shop/web: folder '/' is the root of the image and would hide all of it [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
    [{ expirationSeconds: 599 }, 'shop/web: the service account token is valid for 599 seconds [token-invalid]. Write a whole number from 600 to 4294967296.'],
    [{ expirationSeconds: 1e10 }, 'shop/web: the service account token is valid for 10000000000 seconds [token-invalid]. Write a whole number from 600 to 4294967296.'],
    [{ expirationSeconds: 600.5 }, 'shop/web: the service account token is valid for 600.5 seconds [token-invalid]. Write a whole number from 600 to 4294967296.'],
  ])('of %j is refused', (options, message) => {
    expect(add(options)).toBe(message);
  });

  test('that would lie over another one, or over a mount, is refused', () => {
    const workload = web({ containers: [WEB], tempFolders: ['/var/run/secrets/app'] });
    workload.addServiceAccountToken({ audience: 'vault', path: '/var/run/secrets/vault' });
    workload.addServiceAccountToken({ audience: 'sts', path: '/run/secrets/vault/' });
    workload.addServiceAccountToken({ audience: 'app', path: '/var/run/secrets/app' });
    expect(failure(() => Testing.synth(workload.node.scope as any))).toBe([
      '2 errors:',
      "  shop/web: the token for 'app' at '/var/run/secrets/app' of container 'main' is already the mount of volume 'temp-var-run-secrets-app' [token-clash]. Choose another path.",
      "  shop/web: the token for 'sts' at '/run/secrets/vault' of container 'main' is already the mount of volume 'token-var-run-secrets-vault' [token-clash]. Choose another path.",
    ].join('\n'));
  });
});

test.each(KINDS)('ids, ports and quantities that patches set on a %s are checked when it is written', kind => {
  const workload = MAKE[kind](chart(), 'web', { containers: [{ ...WEB, securityContext: { user: -7 } }] });
  const pointer = podPointer(kind);
  apiObject(workload).addJsonPatch(
    JsonPatch.add(`${pointer}/securityContext/supplementalGroups`, [5, 'staff']),
    JsonPatch.add(`${pointer}/containers/0/resources`, { limits: { memory: '64MB' }, requests: { cpu: 'half' } }),
    JsonPatch.add(`${pointer}/containers/0/ports`, [{ containerPort: 0 }, { containerPort: 80, name: 'HTTP' }]),
  );
  expect(failure(() => Testing.synth(workload.node.scope as any))).toBe([
    '6 errors:',
    "  shop/web: 'HTTP' is no name of a port [port-invalid]. Use at most 15 lower-case letters, digits and single hyphens, with a letter among them.",
    "  shop/web: container 'main': '64MB' is no quantity for resources.limits.memory [quantity-invalid]. Write a number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'.",
    "  shop/web: container 'main': 'half' is no quantity for resources.requests.cpu [quantity-invalid]. Write a number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'.",
    "  shop/web: container 'main': port 0 is out of range [port-invalid]. Ports go from 1 to 65535; 0 does not mean \"every port\": write a range from 1 to 65535 for that.",
    `  shop/web: runAsUser of container 'main' is -7, which is no numeric id [id-invalid]. ${IDS}`,
    `  shop/web: supplementalGroups of the pod is staff, which is no numeric id [id-invalid]. ${IDS}`,
  ].join('\n'));
});
