import { isObject, Json, JsonObject } from '../kube/json';
import { ReadObject } from '../kube/reading/read';
import { PortSet } from './port-set';
import { leadsTo, readService, Service, targetPorts } from './services';
import { Unit } from './unit';
import { World } from './world';

/** Controllers outside of the input that lead traffic to Services. */
export const CONTROLLERS = ['gateway', 'ingress-controller'] as const;
/** One of them: that of Ingresses, or that of the Gateway API. */
export type Controller = (typeof CONTROLLERS)[number];

/** A Service that an Ingress or a route leads to. */
interface Route {
  readonly controller: Controller;
  readonly namespace: string;
  readonly service: string;
  /** By number or by name; absent: all. */
  readonly port: number | string | undefined;
}

/** Deeper than any route. */
const DEEPEST = 8;

/** What leads to pods from outside: Services that nodes or load balancers answer for, Ingresses, routes of the Gateway API. */
export class Entrances {
  private readonly services = new Map<string, Service[]>();
  private readonly routes: readonly Route[];
  private byService?: ReadonlyMap<string, ReadonlyMap<string, Route['port'][]>>;

  constructor(private readonly world: World) {
    const routes: Route[] = [];
    for (const object of world.entrances) {
      const service = object.manifest.kind === 'Service' ? readService(object) : undefined;
      if (service) {
        const list = this.services.get(service.namespace);
        if (list) list.push(service); else this.services.set(service.namespace, [service]);
      } else {
        routes.push(...routesOf(object));
      }
    }
    this.routes = routes;
  }

  /** The controllers that lead anywhere. */
  public get controllers(): readonly Controller[] {
    return CONTROLLERS.filter(name => this.routes.some(({ controller }) => controller === name));
  }

  /** Ports of a pod at which clients from outside may be seen as nodes. */
  public translated(unit: Unit): PortSet {
    const { verdicts: { ports } } = this.world;
    return (this.services.get(unit.namespace.name) ?? [])
      .filter(service => service.translates && leadsTo(service, unit))
      .reduce((sum, service) => ports.union(sum, targetPorts(service, unit, ports)), ports.none);
  }

  /** Services by which nodes or load balancers lead to a pod, and to which of its ports. */
  public opened(unit: Unit): { readonly service: Service; readonly ports: PortSet }[] {
    const { verdicts: { ports } } = this.world;
    return (this.services.get(unit.namespace.name) ?? [])
      .filter(service => (service.type === 'NodePort' || service.type === 'LoadBalancer') && leadsTo(service, unit))
      .map(service => ({ service, ports: targetPorts(service, unit, ports) }));
  }

  /** Ports of a pod to which a controller leads. */
  public routed(controller: Controller, unit: Unit): PortSet {
    const { verdicts: { ports } } = this.world;
    const wanted = this.wanted.get(`${controller} ${unit.namespace.name}`);
    if (!wanted) return ports.none;
    return (this.services.get(unit.namespace.name) ?? []).reduce((sum, service) => {
      const its = wanted.get(service.name);
      if (!its || !leadsTo(service, unit)) return sum;
      return its.reduce<PortSet>((all, port) => ports.union(all, targetPorts(service, unit, ports, port)), sum);
    }, ports.none);
  }

  /** The ports that routes name, by controller and namespace, by Service. */
  private get wanted(): ReadonlyMap<string, ReadonlyMap<string, Route['port'][]>> {
    if (this.byService) return this.byService;
    const result = new Map<string, Map<string, Route['port'][]>>();
    for (const { controller, namespace, service, port } of this.routes) {
      const key = `${controller} ${namespace}`;
      const services = result.get(key) ?? new Map<string, Route['port'][]>();
      result.set(key, services);
      const ports = services.get(service);
      if (ports) ports.push(port); else services.set(service, [port]);
    }
    return this.byService = result;
  }
}

function routesOf({ manifest }: ReadObject): Route[] {
  const namespace = typeof manifest.metadata.namespace === 'string' && manifest.metadata.namespace ? manifest.metadata.namespace : 'default';
  if (!isObject(manifest.spec)) return [];
  if (manifest.kind !== 'Ingress') return backendRefs(manifest.spec, namespace, DEEPEST);
  return backends(manifest.spec, DEEPEST).flatMap(backend => {
    const { service } = backend;
    if (isObject(service) && typeof service.name === 'string') {
      const port = isObject(service.port) ? service.port.number ?? service.port.name : undefined;
      return [{ controller: 'ingress-controller' as const, namespace, service: service.name, port: portOf(port) }];
    }
    // As it was before networking.k8s.io/v1.
    return typeof backend.serviceName === 'string' ? [{ controller: 'ingress-controller' as const, namespace, service: backend.serviceName, port: portOf(backend.servicePort) }] : [];
  });
}

/** Every `backend` and `defaultBackend` of an Ingress. */
function backends(value: Json, depth: number): JsonObject[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => /^(?:backend|defaultBackend)$/.test(key) && isObject(item) ? [item] : backends(item as Json, depth - 1));
}

/** Every Service in `backendRefs`, and those that requests are mirrored to. */
function backendRefs(value: Json, own: string, depth: number): Route[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const refs = key === 'backendRefs' && Array.isArray(item) ? item : key === 'backendRef' ? [item] : [];
    const here = refs.filter(isObject).flatMap(({ kind = 'Service', group = '', name, namespace, port }) => kind === 'Service' && group === '' && typeof name === 'string'
      ? [{ controller: 'gateway' as const, namespace: typeof namespace === 'string' ? namespace : own, service: name, port: portOf(port) }]
      : []);
    return [...here, ...backendRefs(item as Json, own, depth - 1)];
  });
}

function portOf(value: Json | undefined): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}
