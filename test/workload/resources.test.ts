import { JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { FolderMedium, SecurityDefaults } from '../../src';
import { KINDS, MAKE, WEB, apiObject, chart, podOf, web } from './made';

const REQUESTS = { 'cpu': '50m', 'ephemeral-storage': '64Mi', 'memory': '128Mi' };
const { Cpu } = kplus;
const mebi = (amount: number) => Size.mebibytes(amount);
const resources = (own?: kplus.ContainerResources, props: object = {}) => (
  podOf(web({ containers: [{ ...WEB, resources: own }], ...props })).containers[0].resources
);

test.each(KINDS)('every container of a %s requests something and is limited in disk; no other limit is invented', kind => {
  const pod = podOf(MAKE[kind](chart(), 'web', { containers: [WEB, { image: 'x:1' }], initContainers: [{ image: 'x:1' }] }));
  for (const container of [...pod.containers, ...pod.initContainers]) {
    expect(container.resources).toEqual({ limits: { 'ephemeral-storage': '256Mi' }, requests: REQUESTS });
  }
});

test('a memory limit comes from the workload, the organisation or the profile of the image', () => {
  const scope = chart();
  SecurityDefaults.of(scope).set({ memoryLimit: '512Mi', cpuLimit: '2', cpuRequest: '10m' });
  const own = podOf(web({ containers: [WEB] }, scope)).containers[0].resources;
  expect(own).toEqual({ limits: { 'cpu': '2', 'ephemeral-storage': '256Mi', 'memory': '512Mi' }, requests: { ...REQUESTS, cpu: '10m' } });
  expect(resources(undefined, { memoryLimit: '64Mi' }))
    .toEqual({ limits: { 'ephemeral-storage': '256Mi', 'memory': '64Mi' }, requests: { ...REQUESTS, memory: '64Mi' } });
});

test('a request is never above its limit, whichever of them was said', () => {
  expect(resources({ memory: { limit: mebi(32) } })).toMatchObject({ limits: { memory: '32Mi' }, requests: { memory: '32Mi' } });
  expect(resources({ memory: { request: mebi(2048) } }, { memoryLimit: '1Gi' })).toMatchObject({ limits: { memory: '2048Mi' }, requests: { memory: '2048Mi' } });
  expect(resources({ cpu: { limit: Cpu.millis(20) } })).toMatchObject({ limits: { cpu: '20m' }, requests: { cpu: '20m' } });
  expect(resources({ ephemeralStorage: { request: Size.gibibytes(3) } })).toMatchObject({ limits: { 'ephemeral-storage': '3Gi' }, requests: { 'ephemeral-storage': '3Gi' } });
  expect(resources(undefined, { memoryRequest: '2Gi', memoryLimit: '1Gi' })).toMatchObject({ limits: { memory: '1Gi' }, requests: { memory: '1Gi' } });
});

test('what cdk8s-plus fills in is replaced, the same numbers said by the user stay', () => {
  const filled = { cpu: { request: Cpu.millis(1000), limit: Cpu.millis(1500) }, memory: { request: mebi(512), limit: mebi(2048) } };
  expect(resources(filled)).toMatchObject({ limits: { cpu: '1500m', memory: '2048Mi' }, requests: { cpu: '1000m', memory: '512Mi' } });
  expect(resources()).toMatchObject({ limits: { 'ephemeral-storage': '256Mi' }, requests: REQUESTS });
  expect(resources({})).toEqual({ limits: { 'ephemeral-storage': '256Mi' }, requests: REQUESTS });
});

test('the limit of the disk covers the temp folders on it, each volume once', () => {
  const workload = web({ containers: [{ ...WEB, name: 'a' }, { ...WEB, name: 'b', portNumber: 9090 }] });
  workload.addTempFolder('/tmp', { sizeLimit: '1Gi', containers: ['a', 'b'] });
  workload.addTempFolder('/cache', { sizeLimit: '512Mi', containers: ['a'] });
  workload.addTempFolder('/fast', { sizeLimit: '2Gi', containers: ['a'], medium: FolderMedium.MEMORY });
  const limits = podOf(workload).containers.map((container: any) => container.resources.limits['ephemeral-storage']);
  expect(limits).toEqual(['1792Mi', '1280Mi']);
});

test('a folder in memory is said where it counts against a memory limit that the user stated', () => {
  const workload = web({ containers: [WEB], memoryLimit: '64Mi' });
  workload.addTempFolder('/fast', { medium: FolderMedium.MEMORY, sizeLimit: '16Mi' });
  const pod = podOf(workload);
  expect(pod.volumes).toEqual([{ name: 'temp-fast', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } }]);
  expect(pod.containers[0].resources.limits).toEqual({ 'ephemeral-storage': '256Mi', 'memory': '64Mi' });
});

test('resources that Kubernetes has for other things stay', () => {
  const workload = web({ containers: [WEB] });
  apiObject(workload).addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu', 1));
  expect(podOf(workload).containers[0].resources.limits).toMatchObject({ 'nvidia.com/gpu': 1 });
});

test('ephemeral containers get none: Kubernetes refuses them there', () => {
  const workload = web({ containers: [WEB] });
  apiObject(workload).addJsonPatch(JsonPatch.add('/spec/template/spec/ephemeralContainers', [{ name: 'debug', image: 'x:1' }]));
  expect(podOf(workload).ephemeralContainers[0]).not.toHaveProperty('resources');
});
