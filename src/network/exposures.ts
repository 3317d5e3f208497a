import type { IConstruct } from 'constructs';
import { Json, JsonObject, isObject } from '../kube/json';
import type { ClusterPeer } from '../kube/peers';
import type { PortRange } from '../kube/ports';
import { oncePerSynthesis } from '../posture/synthesis';
import type { FlowEnd } from './flow-end';
import { appObjects, objects } from './services';

/** Something of the cluster that has to reach a workload, since an object of the app says so. */
export interface Exposure {
  readonly source: ClusterPeer;
  readonly ports: readonly PortRange[];
  readonly why: string;
}

/** A Service as another object names it. */
interface Reference {
  readonly source: ClusterPeer;
  readonly namespace: Json | undefined;
  readonly service: Json | undefined;
  readonly port: Json | undefined;
  readonly why: string;
}

const KEY = {};
/** Where a webhook or an aggregated API says no port: the API reference of ServiceReference. */
const WEBHOOK_PORT = 443;

/** What an app exposes of a workload: as the backend of an Ingress, of a webhook, of an aggregated API. */
export function exposuresOf(end: FlowEnd): readonly Exposure[] {
  return exposures(end.construct).get(end) ?? [];
}

function exposures(construct: IConstruct): Map<FlowEnd, Exposure[]> {
  return oncePerSynthesis(construct, KEY, () => {
    const { services, naming } = appObjects(construct);
    const found = new Map<FlowEnd, Exposure[]>();
    for (const { source, namespace, service, port, why } of naming.flatMap(references)) {
      for (const { end, ports } of services.port(namespace, service, port)?.behind ?? []) {
        if (ports.length) found.set(end, [...found.get(end) ?? [], { source, ports, why }]);
      }
    }
    return found;
  });
}

function references(manifest: JsonObject): Reference[] {
  const spec = isObject(manifest.spec) ? manifest.spec : {};
  switch (manifest.kind) {
    case 'Ingress': return ofIngress(manifest, spec);
    case 'APIService': return ofApi(`${nameOf(manifest)} is served there`, spec);
    case 'CustomResourceDefinition': return ofApi(`${nameOf(manifest)} is converted there`, child(child(spec, 'conversion'), 'webhook'));
    default: return objects(manifest.webhooks).flatMap(webhook => ofApi(`webhook of ${nameOf(manifest)}`, webhook));
  }
}

function ofIngress(manifest: JsonObject, spec: JsonObject): Reference[] {
  const paths = objects(spec.rules).flatMap(rule => objects(child(rule, 'http').paths));
  const backends = [spec.defaultBackend, ...paths.map(({ backend }) => backend)].filter(isObject);
  const annotations = child(child(manifest, 'metadata'), 'annotations');
  const className = spec.ingressClassName ?? annotations['kubernetes.io/ingress.class'];
  const source: ClusterPeer = { type: 'cluster', role: 'ingressControllers', ...(typeof className === 'string' && { ingressClassName: className }) };
  return backends.map(backend => {
    const { name, port } = child(backend, 'service');
    const said = isObject(port) ? port : {};
    return { source, namespace: child(manifest, 'metadata').namespace, service: name, port: said.number ?? said.name, why: `backend of ${nameOf(manifest)}` };
  });
}

/** Both spell it so: `clientConfig.service` of a webhook, `service` of an aggregated API. */
function ofApi(why: string, holder: JsonObject): Reference[] {
  const service = child(isObject(holder.clientConfig) ? holder.clientConfig : holder, 'service');
  if (service.name === undefined) return [];
  const source: ClusterPeer = { type: 'cluster', role: 'webhookCallers' };
  return [{ source, namespace: service.namespace, service: service.name, port: service.port ?? WEBHOOK_PORT, why }];
}

function nameOf({ kind, metadata }: JsonObject): string {
  const { namespace, name } = isObject(metadata) ? metadata : {};
  return `${kind as string} ${namespace === undefined ? '' : `${namespace as string}/`}${name as string}`;
}

function child(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}
