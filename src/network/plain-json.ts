import { ApiObject, App } from 'cdk8s';
import { JsonObject, sorted } from '../kube/json';

/** How many resolvers an app has that was given none. */
const BUILT_IN_RESOLVERS = new App().resolvers.length;

/**
 * What an object whose spec is plain data writes, without asking cdk8s' resolvers about each value and then copying the
 * rest once more: half of what it costs to write a policy. Undefined where somebody else has a say in it, by JSON patches
 * or resolvers of the app's own: then the object's own `toJson` is to be asked.
 */
export function plainJson(object: ApiObject, spec: JsonObject): JsonObject | undefined {
  const { resolvers } = object.node.root as Partial<App>;
  const { patches } = object as unknown as { readonly patches?: readonly unknown[] };
  if (resolvers?.length !== BUILT_IN_RESOLVERS || patches?.length !== 0) return undefined;
  const { apiVersion, kind } = object;
  return { apiVersion, kind, metadata: object.metadata.toJson(), spec: sorted(spec) };
}
