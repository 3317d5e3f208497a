import { ApiServer } from '../api-server';
import { Server } from './server';

/** Whether an account may do exactly what the manifests grant. */
export interface Rights {
  readonly accounts: number;
  readonly rights: number;
  readonly disagreements: readonly string[];
}

/** Compares what a token of each account of an app may do, in each of its namespaces, with the roles and bindings beside it. */
export async function compareRights(server: Server, direct: ApiServer, manifests: readonly any[]): Promise<Rights> {
  const accounts = manifests.filter(({ kind }) => kind === 'ServiceAccount');
  const namespaces = [...new Set(accounts.map(({ metadata }) => metadata.namespace))];
  const disagreements: string[] = [];
  let rights = 0;
  for (const { metadata: { name, namespace } } of accounts) {
    const { status, body } = await server.call('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} });
    if (status !== 201) throw new Error(`token of ${namespace}/${name}: ${body.message}`);
    for (const where of namespaces) {
      const everybody = await everybodysRights(server, where);
      const found = [...await direct.rights(body.status.token, where)].filter(right => !everybody.has(right)).sort();
      const declared = granted(manifests, namespace, name, where).filter(right => !everybody.has(right)).sort();
      rights += found.length;
      if (found.join('\n') !== declared.join('\n')) disagreements.push(`${namespace}/${name} in ${where}: may ${found.join(', ') || 'nothing'}; granted: ${declared.join(', ') || 'nothing'}`);
    }
  }
  return { accounts: accounts.length, rights, disagreements };
}

/** What every account may do, such as asking what it may do. */
async function everybodysRights(server: Server, namespace: string): Promise<Set<string>> {
  const impersonated = await server.as('system:serviceaccount:nobody:nobody', ['system:serviceaccounts', 'system:authenticated'])
    .call('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } });
  return ApiServer.rightsIn(impersonated.body.status);
}

/** What roles and bindings say, each verb on each resource: naively, as the documentation of RBAC tells it. */
function granted(manifests: readonly any[], namespace: string, account: string, where: string): string[] {
  const bindings = manifests.filter(({ kind, subjects = [], metadata }) => (kind === 'ClusterRoleBinding' || (kind === 'RoleBinding' && metadata.namespace === where))
    && subjects.some((subject: any) => subject.kind === 'ServiceAccount' && subject.name === account && (subject.namespace ?? metadata.namespace) === namespace));
  const isMeant = ({ kind, metadata }: any, { roleRef, metadata: { namespace: near } }: any) => kind === roleRef.kind
    && metadata.name === roleRef.name && (kind === 'ClusterRole' || metadata.namespace === near);
  const rules = bindings.flatMap(binding => manifests.find(manifest => isMeant(manifest, binding))!.rules);
  return [...new Set(rules.flatMap(({ verbs = [], apiGroups = [''], resources = [], resourceNames = [''], nonResourceURLs = [] }: any) => verbs.flatMap((verb: string) => [
    ...apiGroups.flatMap((group: string) => resources.flatMap((resource: string) => resourceNames.map((name: string) => [verb, group, resource, name].join(' ')))),
    ...nonResourceURLs.map((url: string) => [verb, url].join(' ')),
  ])))] as string[];
}
