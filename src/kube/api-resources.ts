import { groupOf } from './schema/apis';
import { kinds } from './schema/table';

/** A built-in resource as the API and RBAC name it. */
export interface ApiResourceName {
  /** `` for the core group. */
  readonly group: string;
  /** In the plural: `configmaps`. */
  readonly resource: string;
  readonly kind: string;
}

/** Built-in resources whose objects lie in no namespace, by group. */
const CLUSTER_SCOPED = new Map<string, readonly string[]>(Object.entries({
  '': ['componentstatuses', 'namespaces', 'nodes', 'persistentvolumes'],
  'admissionregistration.k8s.io': [
    'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings', 'mutatingwebhookconfigurations',
    'validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'validatingwebhookconfigurations',
  ],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'apiregistration.k8s.io': ['apiservices'],
  'authentication.k8s.io': ['selfsubjectreviews', 'tokenreviews'],
  'authorization.k8s.io': ['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'subjectaccessreviews'],
  'certificates.k8s.io': ['certificatesigningrequests', 'clustertrustbundles'],
  'flowcontrol.apiserver.k8s.io': ['flowschemas', 'prioritylevelconfigurations'],
  'internal.apiserver.k8s.io': ['storageversions'],
  'networking.k8s.io': ['clustercidrs', 'ingressclasses', 'ipaddresses', 'servicecidrs'],
  'node.k8s.io': ['runtimeclasses'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles'],
  'resource.k8s.io': ['deviceclasses', 'devicetaintrules', 'resourceclasses', 'resourceslices'],
  'scheduling.k8s.io': ['priorityclasses'],
  'storage.k8s.io': ['csidrivers', 'csinodes', 'storageclasses', 'volumeattachments', 'volumeattributesclasses'],
  'storagemigration.k8s.io': ['storageversionmigrations'],
}));

/** What RBAC knows as resources and the API does not serve: whom one may impersonate, which signers one may approve for. */
const RBAC_ONLY = new Map<string, readonly string[]>(Object.entries({
  '': ['groups', 'users'],
  'authentication.k8s.io': ['uids', 'userextras'],
  'certificates.k8s.io': ['signers'],
}));

let byGroup: Map<string, Map<string, ApiResourceName>> | undefined;

/** The built-in resources of an API group, by name; undefined where the group is not built in. */
export function resourcesOf(group: string): ReadonlyMap<string, ApiResourceName> | undefined {
  byGroup ??= readGroups();
  return byGroup.get(group);
}

/** Whether objects of a resource lie in no namespace; undefined where that is not known. */
export function isClusterScoped(group: string, resource: string): boolean | undefined {
  const [name] = resource.split('/');
  if (CLUSTER_SCOPED.get(group)?.includes(name) || RBAC_ONLY.get(group)?.includes(name)) return true;
  return resourcesOf(group)?.has(name) ? false : undefined;
}

/** Whether RBAC takes a resource of a built-in group; a sub-resource is taken as its resource is. */
export function isKnownResource(group: string, resource: string): boolean {
  const [name] = resource.split('/');
  return resourcesOf(group)?.has(name) === true || RBAC_ONLY.get(group)?.includes(name) === true;
}

/** The built-in resource of a kind; undefined where the kind is not built in. */
export function resourceOfKind(apiVersion: string, kind: string): ApiResourceName | undefined {
  if (!kinds().get(apiVersion)?.has(kind)) return undefined;
  return { group: groupOf(apiVersion), resource: pluralOf(kind), kind };
}

/** Groups that have a built-in resource of that name. */
export function groupsWith(resource: string): string[] {
  byGroup ??= readGroups();
  return [...byGroup].filter(([, resources]) => resources.has(resource)).map(([group]) => group);
}

function readGroups(): Map<string, Map<string, ApiResourceName>> {
  const groups = new Map<string, Map<string, ApiResourceName>>();
  for (const [apiVersion, names] of kinds()) {
    const group = groupOf(apiVersion);
    const resources = groups.get(group) ?? new Map<string, ApiResourceName>();
    groups.set(group, resources);
    for (const kind of names.keys()) resources.set(pluralOf(kind), { group, resource: pluralOf(kind), kind });
  }
  return groups;
}

/** As Kubernetes itself makes the name of a resource out of that of its kind. */
function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'endpoints') return word;
  if (word.endsWith('s')) return `${word}es`;
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
