import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import type { IApiEndpoint, IApiResource } from 'cdk8s-plus-27';
import type { Construct, IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { shorten } from '../kube/names';
import { RBAC_GROUP } from '../kube/rbac';
import { checkRight, describeRight, isClusterWide } from './check-right';
import { Right, toPolicyRules } from './rights';

/** Whoever is granted rights: a workload, through its service account. */
export interface Grantee {
  /** Roles and bindings become children of it. */
  readonly construct: Construct;
  readonly kind: string;
  readonly name: string;
  /** Absent where whoever applies the manifest decides it. */
  readonly namespace?: string;
  /** The name of its service account. */
  account(): string;
  /** The namespace that an object lands in which does not say one itself. */
  landing(object: IConstruct): string | undefined;
  /** Told of each Role as it is made. */
  made(role: ApiObject): void;
}

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch', 'delete'];

/** The rights of one workload: one Role and one ClusterRole at most, made when the first right needs it. */
export class WorkloadRights {
  private readonly granted: { [kind in 'Role' | 'ClusterRole']?: Right[] } = {};

  constructor(private readonly grantee: Grantee) {}

  public allow(verbs: readonly string[], resources: readonly IApiResource[]): void {
    for (const resource of resources) this.grant(resource, { ...rightOn(resource), verbs });
  }

  /** On a single object, list and watch hold only for requests that name it, and say no more than get does. */
  public allowRead(resources: readonly IApiResource[]): void {
    for (const resource of resources) {
      const right = rightOn(resource);
      this.grant(resource, { ...right, verbs: isSecret(right) && right.name !== undefined ? ['get'] : READ });
    }
  }

  /** A single object is not made, nor deleted: whoever can delete it can put another in its place. */
  public allowReadWrite(resources: readonly IApiResource[]): void {
    for (const resource of resources) {
      const right = rightOn(resource);
      const read = isSecret(right) && right.name !== undefined ? ['get'] : READ;
      this.grant(resource, { ...right, verbs: right.name === undefined ? [...read, ...WRITE] : [...read, 'update', 'patch'] });
    }
  }

  public allowClusterWide(verbs: readonly string[], endpoints: readonly IApiEndpoint[]): void {
    const { namespace } = this.grantee;
    if (namespace === undefined) {
      throw this.fault('namespace-unknown', 'rights in the whole cluster are bound to an account of a namespace, and the workload does not say its own',
        "Make it under a SecureNamespace, or say its namespace on its chart, { namespace: '…' }, or in its metadata.");
    }
    for (const endpoint of endpoints) {
      const resource = endpoint.asApiResource();
      const right = resource ? { ...rightOn(resource), verbs } : { path: endpoint.asNonApiResource() ?? '', verbs };
      checkRight(this.where, right);
      if (resource && right.name !== undefined && !isClusterWide(right, undefined)) {
        throw this.fault('grant-cluster-wide', `in the whole cluster, ${describeRight(right)} are the objects of that name in every namespace`,
          'Grant it in the one namespace: allow(…) where it is the workload\'s own, else a Role there, bound to this workload (role.bind(workload)).');
      }
      this.rightsOf('ClusterRole').push(right);
    }
  }

  private grant(resource: IApiResource, right: Right): void {
    checkRight(this.where, right);
    if (isClusterWide(right, this.grantee.namespace)) {
      throw this.fault('grant-cluster-scoped', `${describeRight(right)} lie in no namespace, and a Role of a namespace never holds for them`,
        `If the workload is to have that right in the whole cluster, say so: allowClusterWide([${right.verbs.map(verb => `'${verb}'`).join(', ')}], …).`);
    }
    this.checkNamespace(resource, right);
    this.rightsOf('Role').push(right);
  }

  /** A right is granted where the object lies, by whom it belongs to. */
  private checkNamespace(resource: IApiResource, right: Right): void {
    const object = objectOf(resource);
    const { namespace } = this.grantee;
    // A namespace lies in itself; of an object that is only named, the namespace is the workload's.
    if (!object || right.name === undefined || right.resource === 'namespaces') return;
    const theirs = object.metadata.namespace ?? this.grantee.landing(object);
    if (theirs === namespace) return;
    if (theirs === undefined || namespace === undefined) {
      const [known, unknown] = namespace === undefined ? [theirs, 'the workload'] : [namespace, describeRight(right)];
      throw this.fault('namespace-unknown', `the right on ${describeRight(right)} cannot be written: ${unknown} does not say its namespace, and the other one lies in '${known}'`,
        "Say it on the chart, { namespace: '…' }, or in the metadata.");
    }
    throw this.fault('grant-cross-namespace', `${describeRight(right)} lies in the namespace '${theirs}', the workload in '${namespace}'`,
      `Move one of the two; or, if whoever owns '${theirs}' agrees, make a Role there and bind it: new Role(…, { metadata: { namespace: '${theirs}' } }), then role.bind(workload).`);
  }

  private rightsOf(kind: 'Role' | 'ClusterRole'): Right[] {
    return this.granted[kind] ??= this.make(kind, []);
  }

  /** Writes a role that takes rights until it is synthesized, and binds it. */
  private make(kind: 'Role' | 'ClusterRole', rights: Right[]): Right[] {
    const { construct, kind: workloadKind, name: workload, namespace } = this.grantee;
    const own = shorten(`${workloadKind.toLowerCase()}-${workload}`, 253);
    // A colon is in no name of a namespace: no two workloads share a name.
    const metadata = kind === 'ClusterRole' ? { name: `${namespace}:${own}` } : { name: own, ...(namespace !== undefined && { namespace }) };
    const apiVersion = `${RBAC_GROUP}/v1`;
    const rules = Lazy.any({ produce: () => toPolicyRules(rights) });
    const role = new ApiObject(construct, kind, { apiVersion, kind, metadata, rules });
    const binding = new ApiObject(construct, `${kind}Binding`, {
      apiVersion,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: RBAC_GROUP, kind, name: metadata.name },
      // Without a namespace of its own the subject is in that of the binding.
      subjects: Lazy.any({ produce: () => [{ kind: 'ServiceAccount', name: this.grantee.account(), ...(namespace !== undefined && { namespace }) }] }),
    });
    for (const object of [role, binding]) {
      // cdk8s writes the chart's namespace onto every object.
      if (kind === 'ClusterRole' && object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
    this.grantee.made(role);
    return rights;
  }

  private get where(): string {
    return this.grantee.construct.node.path;
  }

  private fault(id: string, what: string, advice: string): Fault {
    return new Fault({ where: this.where, what, id, advice });
  }
}

function rightOn({ apiGroup, resourceType, resourceName }: IApiResource): Omit<Right, 'verbs'> {
  // cdk8s calls the core group `core`; RBAC knows no such name.
  return { group: apiGroup === 'core' ? '' : apiGroup, resource: resourceType, ...(resourceName !== undefined && { name: resourceName }) };
}

/** Who looks for secrets that can be listed looks for the verb, whatever name stands beside it. */
function isSecret({ group, resource }: Omit<Right, 'verbs'>): boolean {
  return group === '' && resource === 'secrets';
}

/** The object of this app that is meant; what is only named is none. */
function objectOf(resource: IApiResource): IConstruct & Pick<ApiObject, 'metadata'> | undefined {
  const { _object, metadata } = resource as { readonly _object?: ApiObject; readonly metadata?: unknown };
  return _object ?? (metadata ? resource as unknown as ApiObject : undefined);
}
