import { Fault } from '../kube/faults';
import { isObject } from '../kube/json';

const API_OBJECT = Symbol.for('cdk8s.ApiObject');

/** The manifests of whatever was handed to `expect`. cdk8s is known by its shape, so that any version will do. */
export function manifestsOf(received: any): any[] {
  if (Array.isArray(received)) return received.flatMap(manifestsOf);
  if (Array.isArray(received?.charts)) return received.charts.flatMap(manifestsOf);
  if (typeof received?.toJson === 'function') return [received.toJson()].flat();
  if (typeof received?.node?.findAll === 'function') {
    return received.node.findAll().filter((construct: object) => API_OBJECT in construct).map((object: { toJson(): any }) => object.toJson());
  }
  if (isObject(received) && typeof received.kind === 'string') return [received];
  throw new Fault({
    where: 'expect(…)',
    what: 'it is neither an app, a chart or another construct, nor a manifest or a list of them',
    id: 'manifest-invalid',
    advice: 'Hand in a chart, or what Testing.synth(chart) gives.',
  });
}
