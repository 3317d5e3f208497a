import { groupsWith, isClusterScoped, isKnownResource, resourcesOf } from '../kube/api-resources';
import { Fault, didYouMean, suggestion } from '../kube/faults';
import { EVERYTHING } from '../kube/rbac';
import { Right } from './rights';

/** Verbs of requests for resources. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/** Verbs that RBAC and its neighbours ask for besides, on built-in resources. */
const SPECIAL_VERBS = ['approve', 'attest', 'bind', 'escalate', 'impersonate', 'sign', 'use'];
/** Methods of HTTP that people write, and the verb that is meant. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['post', 'create'], ['put', 'update'], ['read', 'get'], ['write', 'update'], ['edit', 'update'], ['remove', 'delete'], ['view', 'get'], ['apply', 'patch'],
]);
const PATH_VERBS = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'];
/** The request for these names no object, so that a rule with a name never holds for it. */
const NAMELESS = ['create', 'deletecollection'];

const SUBRESOURCES = [
  'approval', 'attach', 'binding', 'ephemeralcontainers', 'eviction', 'exec', 'finalize', 'finalizers', 'log', 'portforward', 'proxy', 'resize', 'scale',
  'status', 'token',
];

/** Refuses a right that Kubernetes would take without a word and that would never hold. */
export function checkRight(where: string, right: Right): void {
  if (!right.verbs.length) throw fault(where, 'grant-verb-unknown', `the right on ${describeRight(right)} has no verb`, "Say what may be done: allow(['get'], …).");
  if (right.path !== undefined) return checkPath(where, right, right.path);
  checkResource(where, right);
  for (const verb of right.verbs) checkVerb(where, right, verb);
  if (right.name !== undefined) checkName(where, right, right.name);
}

/** What a right is about, for messages: `configmaps 'settings'`. */
export function describeRight({ group, resource, name, path }: Right): string {
  if (path !== undefined) return `the path '${path}'`;
  return `${resource}${group ? ` of ${group}` : ''}${name === undefined ? '' : ` '${name}'`}`;
}

/** Whether the objects of a right lie in no namespace; a namespace itself counts as lying in itself. */
export function isClusterWide({ group = '', resource = '', name }: Right, namespace: string | undefined): boolean {
  if (group === '' && resource.split('/')[0] === 'namespaces' && name !== undefined && name === namespace) return false;
  return isClusterScoped(group, resource) === true;
}

function checkResource(where: string, right: Right): void {
  const { group = '', resource = '' } = right;
  if (group === EVERYTHING || resource.split('/')[0] === EVERYTHING) return;
  if (!/^[a-z0-9][-a-z0-9]*(\/[-a-z0-9*]+)*$/.test(resource) || !/^([a-z0-9][-a-z0-9]*(\.[-a-z0-9]+)*)?$/.test(group)) {
    throw fault(where, 'grant-resource-unknown', `'${resource}' of the API group '${group}' is no resource`,
      'Write the plural in lower case, without version: { apiGroup: \'apps\', resourceType: \'deployments\' }.');
  }
  const known = resourcesOf(group);
  if (!known) return;
  const [name, ...rest] = resource.split('/');
  if (!isKnownResource(group, resource)) {
    const elsewhere = groupsWith(name).map(other => `{ apiGroup: '${other}', resourceType: '${resource}' }`);
    throw fault(where, 'grant-resource-unknown', `the API group '${group}' has no resource '${name}'`,
      elsewhere.length ? `Did you mean ${elsewhere.join(' or ')}?` : didYouMean(name, [...known.keys()]));
  }
  const sub = rest.join('/');
  if (sub && sub !== EVERYTHING && !SUBRESOURCES.includes(rest[0]) && suggestion(sub, SUBRESOURCES)) {
    throw fault(where, 'grant-resource-unknown', `${name} have no sub-resource '${sub}'`, didYouMean(sub, SUBRESOURCES));
  }
}

function checkVerb(where: string, right: Right, verb: string): void {
  const { group = '', resource = '', name } = right;
  if (verb === EVERYTHING) return;
  const isKnown = [...VERBS, ...SPECIAL_VERBS].includes(verb);
  // The makers of custom resources may ask for verbs of their own; whoever writes 'wach' did not mean one.
  const mayBeTheirs = !resourcesOf(group) && /^[a-z][-a-z:]*$/.test(verb) && !METHODS.has(verb) && !suggestion(verb, VERBS);
  if (!isKnown && !mayBeTheirs) {
    const meant = METHODS.get(verb.toLowerCase());
    throw fault(where, 'grant-verb-unknown', `'${verb}' is no verb for ${describeRight(right)}`, meant ? `Did you mean '${meant}'?` : didYouMean(verb, VERBS));
  }
  if (name !== undefined && NAMELESS.includes(verb) && !resource.includes('/')) {
    throw fault(where, 'grant-by-name', `'${verb}' cannot be restricted to ${describeRight(right)}: its request names no object, and the rule would never hold`,
      `Leave the verb out, or grant it on all ${resource} of the namespace: allow(['${verb}'], RbacResource.of({ apiGroup: '${group}', resourceType: '${resource}' })).`);
  }
}

/** What Kubernetes takes as a part of a path may be a name; `*` would be a name, not everything. */
function checkName(where: string, right: Right, name: string): void {
  if (name !== '' && name !== '.' && name !== '..' && !/[/%*\s]/.test(name)) return;
  throw fault(where, 'grant-name-invalid', `'${name}' is no name of an object`, `Leave the name out to mean all ${right.resource}.`);
}

function checkPath(where: string, right: Right, path: string): void {
  if (!/^(\/[^\s*]*\*?|\*)$/.test(path)) {
    throw fault(where, 'grant-path-invalid', `'${path}' is no path of the API server`, "Begin with '/', as in '/healthz'; '*' may only be its end.");
  }
  const wrong = right.verbs.find(verb => verb !== EVERYTHING && !PATH_VERBS.includes(verb));
  if (wrong !== undefined) {
    throw fault(where, 'grant-verb-unknown', `'${wrong}' is no verb for the path '${path}', which takes the methods of HTTP`, didYouMean(wrong, PATH_VERBS));
  }
}

function fault(where: string, id: string, what: string, advice: string): Fault {
  return new Fault({ where, what, id, advice });
}
