import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Manifest } from '../kube/pod-spec';
import { keptInSynthesis, oncePerSynthesis } from './synthesis';

const HANDED_ON = new WeakSet<ApiObject>();

/** What an object writes. In a synthesis it is worked out once: cdk8s is handed what was found here. */
export function written(object: ApiObject): Manifest {
  if (isReplaceable(object) && !HANDED_ON.has(object)) {
    HANDED_ON.add(object);
    const toJson = object.toJson.bind(object);
    object.toJson = () => keptInSynthesis(object, object) ?? toJson();
  }
  return oncePerSynthesis(object, object, () => object.toJson());
}

/** Whether `toJson` can be replaced: where another language overrides it, jsii allows no other. */
export function isReplaceable(object: object): boolean {
  const { writable = true } = Object.getOwnPropertyDescriptor(object, 'toJson') ?? {};
  return writable;
}

/** The construct that people know an object by: workloads of cdk8s-plus hold theirs as a child. */
export function peopleKnow(object: IConstruct): IConstruct {
  return object.node.id === 'Resource' && object.node.scope ? object.node.scope : object;
}
