import { ApiObject } from 'cdk8s';
import type { IApiEndpoint, IApiResource } from 'cdk8s-plus-27';
import { resourceOfKind } from '../kube/api-resources';
import { Fault } from '../kube/faults';

/** What a right is about, in RBAC's own words. */
export interface RbacResourceProps {
  /**
   * The API group: `apps`, `traefik.io`.
   *
   * @default - the core group, which has no name
   */
  readonly apiGroup?: string;

  /** The resource in the plural, in lower case, with its sub-resource if one is meant: `pods`, `pods/log`. */
  readonly resourceType: string;

  /**
   * The name of the one object that is meant.
   *
   * @default - all objects of the namespace
   */
  readonly resourceName?: string;
}

/**
 * What a right is about, where there is no object of cdk8s-plus to name: an object of another repository, one of a
 * custom resource, a sub-resource. Objects of cdk8s-plus and its `ApiResource` are taken as they are.
 *
 * @example
 * declare const web: HardenedDeployment;
 * web.allowRead(RbacResource.named(kplus.ApiResource.CONFIG_MAPS, 'settings'));
 * web.allow(['get'], RbacResource.of({ resourceType: 'pods/log' }));
 */
export class RbacResource implements IApiResource, IApiEndpoint {
  /**
   * A resource in RBAC's own words.
   *
   * @param props group, resource and name
   */
  public static of(props: RbacResourceProps): RbacResource {
    return new RbacResource(props);
  }

  /**
   * One object, by its name, in the namespace of the workload that is granted the right.
   *
   * @param resource its kind: `ApiResource.CONFIG_MAPS` of cdk8s-plus, or any other
   * @param name its name
   */
  public static named(resource: IApiResource, name: string): RbacResource {
    const { apiGroup, resourceType } = resource;
    return new RbacResource({ apiGroup, resourceType, resourceName: name });
  }

  /**
   * An object of this app of whatever kind, such as one that was made as an `ApiObject`.
   *
   * @param apiObject the object; a built-in kind
   * @throws a fault for a custom resource: its plural is its maker's to say.
   */
  public static ofObject(apiObject: ApiObject): RbacResource {
    const { apiVersion, kind, name } = apiObject;
    const found = resourceOfKind(apiVersion, kind);
    if (!found) {
      throw new Fault({
        where: apiObject.node.path,
        what: `the plural of ${kind} (${apiVersion}), by which rights name it, is not known`,
        id: 'grant-resource-unknown',
        advice: `Look it up (kubectl api-resources), and say RbacResource.of({ apiGroup: '${apiVersion.split('/')[0]}', resourceType: '…', resourceName: '${name}' }).`,
      });
    }
    return new RbacResource({ apiGroup: found.group, resourceType: found.resource, resourceName: name }, apiObject);
  }

  /** The API group; empty for the core group. */
  public readonly apiGroup: string;

  /** The resource, in the plural. */
  public readonly resourceType: string;

  /** The name of the one object that is meant. */
  public readonly resourceName?: string;

  /**
   * The object, where it is one of this app.
   *
   * @internal
   */
  public readonly _object?: ApiObject;

  private constructor({ apiGroup = '', resourceType, resourceName }: RbacResourceProps, object?: ApiObject) {
    this.apiGroup = apiGroup;
    this.resourceType = resourceType;
    this.resourceName = resourceName;
    this._object = object;
  }

  /** Itself: it is a resource. */
  public asApiResource(): IApiResource | undefined {
    return this;
  }

  /** Nothing: it is no path. */
  public asNonApiResource(): string | undefined {
    return undefined;
  }
}
