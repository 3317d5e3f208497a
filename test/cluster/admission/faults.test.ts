import { ApiServer } from '../api-server';
import { own } from '../kubectl';
import { admit } from './admit';
import { example } from './apps';
import { compareRights } from './grants';
import { foreignNamespaces, inOtherNamespaces } from './namespaces';
import { ON_LAB, fakeNodes } from './nodes';
import { Server } from './server';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
  if (ON_LAB) await fakeNodes(server);
});
afterAll(() => server.stop());

/** The first example in a namespace of its own, with one thing wrong. */
function broken(name: string, breaks: (deployment: any) => void): any[] {
  const manifests = inOtherNamespaces(example('01-production-namespace'), namespace => own(`fault-${name}-${namespace}`));
  breaks(manifests.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'web-console'));
  return [...foreignNamespaces(manifests), ...manifests];
}

test('the suite sees a seccomp profile that is missing: it names the workload, our rule, and the cluster\'s own words', async () => {
  const manifests = broken('seccomp', ({ spec: { template } }) => {
    for (const holder of [template.spec, ...template.spec.containers]) delete holder.securityContext.seccompProfile;
  });
  const { objects, complaints, warnings } = await admit(server, manifests);
  expect(complaints).toEqual([expect.stringMatching(/^Deployment \S*fault-seccomp-production\/web-console \[pod-seccomp\]: .*seccomp/s)]);
  // Only its pods are refused; of itself the cluster warns, as the namespace's labels want it.
  expect(objects).toHaveLength(manifests.length);
  expect(warnings).toEqual([expect.stringMatching(/^Deployment \S*fault-seccomp-production\/web-console \[pod-seccomp\]: .*seccomp/s)]);
}, 120_000);

test('the suite sees a field that Kubernetes does not know', async () => {
  const manifests = broken('field', ({ spec: { template: { spec } } }) => { spec.containers[0].securityContext.runAsNonroot = true; });
  const { objects, complaints } = await admit(server, manifests);
  expect(complaints).toEqual([expect.stringMatching(/^Deployment \S*fault-field-production\/web-console \[schema-unknown-field\]: \d+ .*runAsNonroot/s)]);
  expect(objects).toHaveLength(manifests.length - 1);
}, 120_000);

test('the suite sees a right that nobody has declared', async () => {
  const manifests = broken('right', () => undefined);
  await admit(server, manifests);
  const namespace = own('fault-right-production');
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'more', namespace }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }] };
  const binding = {
    ...role, kind: 'RoleBinding', rules: undefined, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'more' },
    subjects: [{ kind: 'ServiceAccount', name: 'web-console', namespace }],
  };
  for (const object of [role, binding]) expect((await server.apply(object)).status).toBe(201);
  const direct = new ApiServer();
  const { disagreements } = await compareRights(server, direct, manifests);
  direct.close();
  expect(disagreements).toEqual([`${namespace}/web-console in ${namespace}: may list  secrets ; granted: nothing`]);
}, 120_000);
