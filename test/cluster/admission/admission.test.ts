import { podPart } from '../../../src/kube/kinds';
import { ApiServer } from '../api-server';
import { own } from '../kubectl';
import { Admission, admit } from './admit';
import { APPS, GIVEN } from './apps';
import { faultsOfBounds } from './budgets';
import { compareRights } from './grants';
import { foreignNamespaces, inOtherNamespaces } from './namespaces';
import { ON_LAB, fakeNodes } from './nodes';
import { Server } from './server';
import { review } from './weaken';

/** In the lab as it is written; in somebody's cluster in namespaces of ours, and without what is of no namespace, or names that. */
function asHere(manifests: any[]): any[] {
  if (ON_LAB) return manifests;
  const ours = manifests.filter(({ kind, metadata }) => kind === 'Namespace' || metadata.namespace !== undefined);
  for (const manifest of ours) {
    const pod = podPart(manifest)?.spec as any;
    delete pod?.priorityClassName;
    delete pod?.runtimeClassName;
  }
  return inOtherNamespaces(ours, own);
}

let server: Server;
let direct: ApiServer;
const sums = { objects: 0, pods: 0, admitted: 0, refused: 0, invalid: 0, accounts: 0, rights: 0 };

beforeAll(async () => {
  server = await Server.start();
  direct = new ApiServer();
  if (!ON_LAB) return;
  await fakeNodes(server);
  for (const object of GIVEN) expect((await server.apply(object)).status).toBe(201);
});

afterAll(() => {
  server.stop();
  direct.close();
  console.log(`admission: ${sums.objects} objects applied, ${sums.pods} pods made; ${sums.admitted + sums.refused + sums.invalid} pods reviewed: ${sums.admitted} admitted, ${sums.refused} refused, ${sums.invalid} invalid; `
    + `${sums.accounts} accounts with ${sums.rights} rights`);
});

describe.each(Object.entries(APPS))('%s', (_, { write, warned }) => {
  let app: Admission;
  const manifests = asHere(write());
  const of = (kind: string) => app.objects.filter(object => object.kind === kind);
  beforeAll(async () => {
    for (const namespace of foreignNamespaces(manifests)) expect((await server.apply(namespace)).status).toBeLessThan(300);
    app = await admit(server, manifests);
    sums.objects += app.objects.length;
    sums.pods += app.pods.length;
  }, 180_000);

  test('is taken as it is written, with no warning but of what was waived, and becomes pods', () => {
    expect(app.complaints).toEqual([]);
    expect(app.warnings.map(warning => warning.split(':')[0].replace(own(''), ''))).toEqual(warned);
    expect(app.objects).toHaveLength(manifests.length);
    expect(app.pods.length).toBeGreaterThan(0);
  });

  test('has quotas, ranges and budgets that do what they should', async () => {
    expect(await faultsOfBounds(server, app.objects)).toEqual([]);
  }, 60_000);

  test('has accounts that may do what they were granted, and nothing else', async () => {
    const { accounts, rights, disagreements } = await compareRights(server, direct, manifests);
    sums.accounts += accounts;
    sums.rights += rights;
    expect(disagreements).toEqual([]);
    expect(accounts).toBe(of('ServiceAccount').length);
  }, 60_000);

  test('has pods of which each protection counts, to the cluster as to our rules', async () => {
    // What a quota refuses is no matter of protection.
    const bounded = new Set(of('ResourceQuota').map(({ metadata }) => metadata.namespace));
    const free = app.pods.filter(({ metadata }) => !bounded.has(metadata.namespace));
    const { admitted, refused, invalid, disagreements } = await review(server, free, of('Namespace'));
    sums.admitted += admitted;
    sums.refused += refused;
    sums.invalid += invalid;
    expect(disagreements).toEqual([]);
    expect([admitted >= free.length, refused > free.length]).toEqual([true, true]);
  }, 120_000);
});
