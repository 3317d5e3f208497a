import { Json, isObject } from '../../src/kube/json';
import { Manifest } from '../../src/kube/pod-spec';
import { sound } from '../../src/kube/sound';

/** Whoever writes to it from now on, throws. */
function frozen<T extends Json>(value: T): T {
  for (const inner of Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []) frozen(inner as Json);
  return Object.freeze(value) as T;
}

function cronJob(template: Json): Manifest {
  return frozen({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a', labels: { a: 1 } }, spec: { schedule: '', jobTemplate: { spec: { template } } } }) as unknown as Manifest;
}

function specOf({ spec }: Manifest): unknown {
  return (spec as { jobTemplate: { spec: { template: { spec: unknown } } } }).jobTemplate.spec.template.spec;
}

test('fields of a wrong type are left out, wherever they stand, and what was handed in stays as it is', () => {
  const written = cronJob({
    spec: {
      hostNetwork: 'true',
      securityContext: { runAsUser: '0', fsGroup: 1, seLinuxOptions: { user: 1, role: 'r' } },
      containers: [{ name: 5, image: 'a', securityContext: { privileged: null, capabilities: { add: 'ALL', drop: ['ALL'] } }, resources: { limits: [] } }, 'b'],
      initContainers: null,
    },
  });
  const clean = sound(written);
  expect(clean.metadata).toEqual({ name: 'a' });
  expect(specOf(clean)).toEqual({
    securityContext: { fsGroup: 1, seLinuxOptions: { role: 'r' } },
    containers: [{ name: '5', image: 'a', securityContext: { capabilities: { drop: ['ALL'] } }, resources: {} }],
    initContainers: [],
  });
});

test('what is sound is shared, not copied', () => {
  const written = cronJob({ metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', securityContext: { privileged: true } }], volumes: [{ name: 'v' }] } });
  const [before, after] = [specOf(written), specOf(sound(written))] as { containers: Json[]; volumes: Json }[];
  expect(after.containers[0]).toBe(before.containers[0]);
  expect(after.volumes).toBe(before.volumes);
});

test('what is sound as a whole is itself', () => {
  const written = cronJob({ metadata: {}, spec: { containers: [{ name: 'a', image: 'b' }], initContainers: [{ name: 'c' }] } });
  const whole = { ...written, metadata: { name: 'a' } };
  expect(sound(whole)).toBe(whole);
});

test('an object without a pod, and a pod without a spec, are whole', () => {
  for (const kind of ['Service', 'Pod', 'Deployment']) {
    const written = frozen({ apiVersion: 'v1', kind, metadata: { name: 'a' } }) as Manifest;
    expect(sound(written)).toEqual(written);
  }
});
