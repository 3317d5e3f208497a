import { Testing } from 'cdk8s';
import { FolderMedium } from '../../src';
import { KINDS, MAKE, WEB, chart, failure, web } from './made';

const refused = (path: string) => failure(() => web({ containers: [WEB], tempFolders: [path] }));

test.each([
  ['tmp', "shop/web: folder 'tmp' is not absolute [folder-path-invalid]. Did you mean '/tmp'?"],
  ['./tmp', "shop/web: folder './tmp' is not absolute [folder-path-invalid]. Did you mean '/tmp'?"],
  ['../tmp', "shop/web: folder '../tmp' is not absolute [folder-path-invalid]. Did you mean '/tmp'?"],
  ['', "shop/web: folder '' is not absolute [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['..', "shop/web: folder '..' is not absolute [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['/var/../tmp', "shop/web: folder '/var/../tmp' has '..' in it [folder-path-invalid]. Did you mean '/tmp'?"],
  ['/..', "shop/web: folder '/..' has '..' in it [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['/', "shop/web: folder '/' is the root of the image and would hide all of it [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['//./', "shop/web: folder '//./' is the root of the image and would hide all of it [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['/proc', "shop/web: folder '/proc' belongs to the system [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['/proc/sys/', "shop/web: folder '/proc/sys/' belongs to the system [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['/sys/fs', "shop/web: folder '/sys/fs' belongs to the system [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['/dev', "shop/web: folder '/dev' belongs to the system [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['C:/temp', "shop/web: folder 'C:/temp' is not absolute [folder-path-invalid]. Name the folder that the application writes to, such as '/tmp'."],
  ['/a:b', "shop/web: folder '/a:b' has ':' in it, which Kubernetes refuses in a mount path [folder-path-invalid]. Choose a path without it."],
])("the folder '%s' is refused", (path, message) => {
  expect(refused(path)).toBe(message);
});

test('the shared memory of /dev is no folder of the system', () => {
  expect(refused('/dev/shm')).toBe('nothing failed');
});

test('every way to ask for a folder checks its path', () => {
  const workload = web({ containers: [WEB] });
  const message = "shop/web: folder 'data' is not absolute [folder-path-invalid]. Did you mean '/data'?";
  expect(failure(() => workload.addTempFolder('data'))).toBe(message);
  expect(failure(() => workload.addDataFolder('data'))).toBe(message);
  expect(failure(() => workload.addSeededFolder('data'))).toBe(message);
  expect(failure(() => web({ containers: [WEB], containerOptions: { main: { tempFolders: ['data'] } } }))).toBe(message);
});

test.each([
  ['64MB', "shop/web: '64MB' is no quantity for the size of '/tmp' [quantity-invalid]. Did you mean '64M'?"],
  ['1gb', "shop/web: '1gb' is no quantity for the size of '/tmp' [quantity-invalid]. Write a positive number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'."],
  ['-1Gi', "shop/web: '-1Gi' is no quantity for the size of '/tmp' [quantity-invalid]. Write a positive number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'."],
  ['0', "shop/web: '0' is no quantity for the size of '/tmp' [quantity-invalid]. Write a positive number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'."],
])("the size '%s' is refused", (sizeLimit, message) => {
  expect(failure(() => web({ containers: [WEB] }).addTempFolder('/tmp', { sizeLimit, medium: FolderMedium.MEMORY }))).toBe(message);
});

test('the size of data is checked on the workload and on the folder', () => {
  expect(failure(() => web({ containers: [WEB], dataSize: '10GB' }))).toBe("shop/web: '10GB' is no quantity for dataSize [quantity-invalid]. Did you mean '10G'?");
  expect(failure(() => web({ containers: [WEB] }).addDataFolder('/data', { size: '10GB' })))
    .toBe("shop/web: '10GB' is no quantity for the size of '/data' [quantity-invalid]. Did you mean '10G'?");
});

test.each(['/abs', '../up', 'a/../b', ''])("the folder '%s' of a volume is refused", subPath => {
  expect(failure(() => web({ containers: [WEB] }).addDataFolder('/data', { size: '1Gi', subPath })))
    .toBe(`shop/web: subPath '${subPath}' of folder '/data' is no folder within the volume [folder-path-invalid]. Write it without a leading '/' and without '..', such as 'data'.`);
});

test.each(KINDS)('a data folder of a %s without a claim says the ways out', kind => {
  const workload = MAKE[kind](chart(), 'db', { containers: [{ ...WEB, image: 'postgres:17' }] });
  const first = kind === 'StatefulSet' ? "State the size of its volume, such as dataSize: '10Gi'" : "Use a HardenedStatefulSet with dataSize: '10Gi'";
  expect(failure(() => Testing.synth(workload.node.scope as any))).toBe(
    "shop/db: container 'main' keeps data in '/var/lib/postgresql/data', and nothing says where they are to outlive the pod [data-folder-without-claim]. "
    + `${first}, mount a claim of your own there, or, if the files may be lost with the pod, say tempFolders: ['/var/lib/postgresql/data'].`);
});
