import { ApiObject, App, ImplicitTokenResolver, Lazy, LazyResolver, NumberStringUnionResolver } from 'cdk8s';
import { inOrder } from '../kube/json';
import { Manifest } from '../kube/pod-spec';
import { isOursAlone, metadataJson } from '../network/plain-json';
import { writeOtherwise } from '../rules/harden/seam';

/** The resolvers of an app that was given none are those that are known here. */
const KNOWN: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];
const ARE_KNOWN = new App().resolvers.every(({ constructor }) => KNOWN.includes(constructor));

/** A generated class of cdk8s-plus: its serializer, which its `toJson` calls, too. */
interface Generated {
  readonly manifest?: (props: object) => Manifest;
}

/**
 * Has an object of cdk8s-plus resolve its values in one walk. Its own `toJson` asks three resolvers about each value, for
 * each of which cdk8s climbs to the app, and then copies all once more: a third of what such an object costs. It is asked
 * where somebody else has a say, and where anything is not as expected.
 */
export function resolveAtOnce(object: ApiObject): void {
  const { manifest } = object.constructor as Generated;
  const { props } = object as unknown as { readonly props?: object };
  if (!ARE_KNOWN || !manifest || !props) return;
  const toJson = object.toJson.bind(object) as () => Manifest;
  writeOtherwise(object, () => {
    if (process.env.CDK8S_DISABLE_SORT || !isOursAlone(object)) return toJson();
    let resolvedProps: object;
    try {
      resolvedProps = resolved({ ...props, metadata: metadataJson(object.metadata) }) as object;
    } catch {
      // What is wrong with it is cdk8s's to say.
      return toJson();
    }
    return manifest(resolvedProps);
  });
}

/** What cdk8s's own resolvers make of a value, without what is nothing, keys in order. */
function resolved(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(resolved);
  if (value instanceof Lazy) return resolved(value.produce());
  const { resolve, value: inner } = value as { readonly resolve?: unknown; readonly value?: unknown };
  if (typeof resolve === 'function') return resolved((value as { resolve(): unknown }).resolve());
  if (value.constructor === Object) return resolvedObject(value as { readonly [key: string]: unknown });
  // A quantity, or a number or name of a port: the serializer takes it from there.
  if (typeof inner === 'string' || typeof inner === 'number') return { value: inner };
  throw new Error('no value that cdk8s would write');
}

function resolvedObject(object: { readonly [key: string]: unknown }): object {
  const result: { [key: string]: unknown } = {};
  for (const key of inOrder(Object.keys(object))) {
    const value = resolved(object[key]);
    if (value !== undefined) result[key] = value;
  }
  return result;
}
