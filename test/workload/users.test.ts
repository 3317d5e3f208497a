import { JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ImageProfile, SecurityDefaults } from '../../src';
import { KINDS, MAKE, apiObject, chart, podOf, web } from './made';

const UNKNOWN = 'ghcr.io/acme/web:1.4.0';

/** User and group of each container, then what the pod says. */
function ids(workload: ReturnType<typeof web>): object {
  const pod = podOf(workload);
  const [{ securityContext: own }] = pod.containers;
  const { runAsUser, runAsGroup, fsGroup, supplementalGroups, fsGroupChangePolicy } = pod.securityContext;
  const all = { own: [own.runAsUser, own.runAsGroup], pod: [runAsUser, runAsGroup], fsGroup, supplementalGroups, fsGroupChangePolicy };
  return JSON.parse(JSON.stringify(all));
}

test('the profile of an image knows its user and group; volumes belong to the group', () => {
  expect(ids(web({ containers: [{ image: 'nginx:1.28' }] })))
    .toEqual({ own: [101, 101], pod: [null, null], fsGroup: 101, fsGroupChangePolicy: 'OnRootMismatch' });
});

test('what the container says wins over the profile of its image', () => {
  expect(ids(web({ containers: [{ image: 'nginx:1.28', securityContext: { user: 5, group: 6 } }] })))
    .toEqual({ own: [5, 6], pod: [null, null], fsGroup: 6, fsGroupChangePolicy: 'OnRootMismatch' });
});

test('what the pod says wins over the profile, and is not written again in containers', () => {
  expect(ids(web({ containers: [{ image: 'nginx:1.28' }], securityContext: { user: 7, group: 8 } })))
    .toEqual({ own: [null, null], pod: [7, 8], fsGroup: 8, fsGroupChangePolicy: 'OnRootMismatch' });
});

test("the organisation's user is for images without a profile, and for them alone", () => {
  const scope = chart();
  SecurityDefaults.of(scope).set({ runAsUser: 10001, runAsGroup: 10002 });
  const workload = web({ containers: [{ image: UNKNOWN }] }, scope);
  workload.addContainer({ name: 'proxy', image: 'nginx:1.28' });
  const contexts = podOf(workload).containers.map(({ securityContext }: any) => securityContext);
  expect(contexts).toMatchObject([{ runAsUser: 10001, runAsGroup: 10002 }, { runAsUser: 101, runAsGroup: 101 }]);
});

test('no user is invented for an image that nobody knows', () => {
  const workload = web({ containers: [{ image: UNKNOWN }] });
  expect(ids(workload)).toEqual({ own: [null, null], pod: [null, null] });
  expect(podOf(workload).containers[0].securityContext.runAsNonRoot).toBe(true);
  expect(workload.findings.find(({ rule }) => rule === 'pod-user-unknown')).toEqual({
    rule: 'pod-user-unknown',
    severity: 'warning',
    where: 'shop/web',
    subject: 'Deployment web',
    field: 'spec.template.spec.containers[0].securityContext.runAsUser',
    container: 'main',
    what: "nobody says as which user container 'main' runs, and its image 'ghcr.io/acme/web:1.4.0' has no profile: "
      + 'unless the image is made for a numeric user other than 0, the kubelet will refuse to start it',
    advice: 'State it (securityContext: { user: 10001, group: 10001 }), register an ImageProfile, or set runAsUser in SecurityDefaults; '
      + "'docker image inspect' shows the image's own under Config.User.",
  });
});

test('a profile of the organisation is found, the nearest first', () => {
  const scope = chart();
  SecurityDefaults.of(scope.node.root).set({ imageProfiles: [ImageProfile.of({ images: ['ghcr.io/acme/web'], user: 1, group: 1 })] });
  expect(ids(web({ containers: [{ image: UNKNOWN }] }, scope))).toMatchObject({ own: [1, 1] });
  SecurityDefaults.of(scope).set({ imageProfiles: [ImageProfile.of({ images: ['ghcr.io/acme/web'], user: 2, group: 2 })] });
  expect(ids(web({ containers: [{ image: UNKNOWN }] }, chart()))).toMatchObject({ own: [null, null] });
  scope.node.tryRemoveChild('web');
  scope.node.tryRemoveChild('web-account');
  expect(ids(web({ containers: [{ image: UNKNOWN }] }, scope))).toMatchObject({ own: [2, 2] });
});

test('a profile that is switched off says nothing', () => {
  expect(ids(web({ containers: [{ image: 'nginx:1.28' }], containerOptions: { main: { useImageProfile: false } } }))).toMatchObject({ own: [null, null] });
});

test('containers of different groups share volumes by supplemental groups', () => {
  const workload = web({
    containers: [{ name: 'a', image: UNKNOWN, securityContext: { user: 1, group: 1 } }, { name: 'b', image: UNKNOWN, securityContext: { user: 2, group: 2 } }],
    initContainers: [{ name: 'c', image: UNKNOWN, securityContext: { user: 3, group: 3 } }, { name: 'd', image: UNKNOWN, securityContext: { user: 4, group: 1 } }],
  });
  expect(ids(workload)).toMatchObject({ fsGroup: 1, supplementalGroups: [2, 3] });
});

test("supplemental groups and the fsGroup of the user's own stay, and ours follow", () => {
  const workload = web({ containers: [{ image: UNKNOWN, securityContext: { user: 1, group: 1 } }], securityContext: { fsGroup: 77 } });
  apiObject(workload).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/supplementalGroups', [500]));
  expect(ids(workload)).toMatchObject({ fsGroup: 77, supplementalGroups: [500, 1] });
});

test('volumes never belong to group 0: the number of the user stands in for it', () => {
  expect(ids(web({ containers: [{ image: UNKNOWN, securityContext: { user: 1001, group: 0 } }] })))
    .toEqual({ own: [1001, 0], pod: [null, null], fsGroup: 1001, fsGroupChangePolicy: 'OnRootMismatch' });
});

test('a policy for changing groups that was said stays, also the one that cdk8s-plus fills in', () => {
  const { ALWAYS, ON_ROOT_MISMATCH } = kplus.FsGroupChangePolicy;
  const policy = (fsGroupChangePolicy?: kplus.FsGroupChangePolicy) => podOf(web({ containers: [{ image: 'nginx:1.28' }], securityContext: { fsGroupChangePolicy } })).securityContext.fsGroupChangePolicy;
  expect([policy(ALWAYS), policy(ON_ROOT_MISMATCH), policy()]).toEqual(['Always', 'OnRootMismatch', 'OnRootMismatch']);
});

test.each(KINDS)('every container of a %s must not be root, and the pod says so too', kind => {
  const pod = podOf(MAKE[kind](chart(), 'web', { containers: [{ image: UNKNOWN }], initContainers: [{ image: UNKNOWN }] }));
  expect([pod, ...pod.containers, ...pod.initContainers].map(({ securityContext }) => securityContext.runAsNonRoot)).toEqual([true, true, true]);
});
