import { isObject, Json, JsonObject } from '../kube/json';
import { ReadObject } from '../kube/reading/read';
import { PortSet, PortTable, Protocol, PROTOCOLS } from './port-set';
import { textsOf, Unit } from './unit';

/** A port of a Service, and where it leads. */
interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** A number, or the name of a port of the pod. */
  readonly target: number | string;
}

/** A Service that selects pods. */
export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly source: ReadObject;
  readonly selector: readonly (readonly [key: string, value: string])[];
  readonly ports: readonly ServicePort[];
  /** ClusterIP, NodePort, LoadBalancer. */
  readonly type: string;
  /** Whoever connects from outside may be seen as a node. */
  readonly translates: boolean;
}

/** Reads a Service; undefined where it selects nothing by itself. */
export function readService(source: ReadObject): Service | undefined {
  const { metadata, spec } = source.manifest;
  if (!isObject(spec) || !isObject(spec.selector) || typeof metadata.name !== 'string') return undefined;
  const selector = Object.entries(textsOf(spec.selector));
  if (!selector.length || spec.type === 'ExternalName') return undefined;
  return {
    namespace: typeof metadata.namespace === 'string' && metadata.namespace ? metadata.namespace : 'default',
    name: metadata.name,
    source,
    selector,
    ports: (Array.isArray(spec.ports) ? spec.ports : []).flatMap(readPort),
    type: typeof spec.type === 'string' ? spec.type : 'ClusterIP',
    translates: (spec.type === 'NodePort' || spec.type === 'LoadBalancer') && spec.externalTrafficPolicy !== 'Local',
  };
}

/** Tells whether a Service leads to a pod. */
export function leadsTo({ namespace, selector }: Service, unit: Unit): boolean {
  return unit.namespace.name === namespace && selector.every(([key, value]) => Object.hasOwn(unit.labels, key) && unit.labels[key] === value);
}

/** The ports of a pod that a Service leads to; all of them, or those behind one of its own, by number or name. */
export function targetPorts({ ports }: Service, unit: Unit, table: PortTable, wanted?: number | string): PortSet {
  return ports.filter(({ port, name }) => wanted === undefined || (typeof wanted === 'number' ? port === wanted : name === wanted))
    .flatMap(({ protocol, target }) => {
      const numbers = typeof target === 'number' ? [target] : unit.ports.get(`${protocol}/${target}`) ?? [];
      return numbers.map(number => table.span(protocol, number, number));
    })
    .reduce((sum, set) => table.union(sum, set), table.none);
}

function readPort(item: Json): ServicePort[] {
  if (!isObject(item)) return [];
  const { port, name, targetPort } = item as JsonObject;
  const protocol = item.protocol ?? 'TCP';
  if (typeof port !== 'number' || !PROTOCOLS.includes(protocol as Protocol)) return [];
  // Zero and the empty text are as good as absent to the API server.
  const target = (typeof targetPort === 'number' || typeof targetPort === 'string') && targetPort ? targetPort : port;
  return [{ name: typeof name === 'string' ? name : '', port, protocol: protocol as Protocol, target }];
}
