import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Json, JsonObject, isObject } from '../kube/json';
import type { PortRange } from '../kube/ports';
import { oncePerSynthesis } from '../posture/synthesis';
import type { FlowEnd } from './flow-end';
import { WorkloadsByLabel } from './workloads';

/** A port of a Service, and the workloads behind it. */
export interface ServicePort {
  /** `Service shop/web`. */
  readonly title: string;
  readonly port: number;
  readonly name?: string;
  /** Each workload behind it with the ports of its containers that are meant. */
  readonly behind: readonly { readonly end: FlowEnd; readonly ports: readonly PortRange[] }[];
}

/** What of an app leads to workloads, by kind. */
export interface AppObjects {
  readonly services: Services;
  /** The manifests of the kinds that name Services. */
  readonly naming: readonly JsonObject[];
}

const NAMING = new Set(['APIService', 'CustomResourceDefinition', 'Ingress', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']);
const KEY = {};

/** What leads to workloads in an app; looked for once in a synthesis. */
export function appObjects(construct: IConstruct): AppObjects {
  return oncePerSynthesis(construct, KEY, () => {
    const { root } = construct.node;
    const services: JsonObject[] = [];
    const naming: JsonObject[] = [];
    for (const child of root.node.findAll()) {
      if (!ApiObject.isApiObject(child)) continue;
      if (child.kind === 'Service' && child.apiGroup === 'core') services.push(child.toJson());
      else if (NAMING.has(child.kind)) naming.push(child.toJson());
    }
    return { services: new Services(services, new WorkloadsByLabel(root)), naming };
  });
}

/** The Services of an app. */
export class Services {
  private readonly byName = new Map<string, ServicePort[]>();
  private readonly byEnd = new Map<FlowEnd, ServicePort[]>();

  constructor(manifests: readonly JsonObject[], workloads: WorkloadsByLabel) {
    for (const { metadata, spec } of manifests) {
      if (!isObject(metadata) || !isObject(spec)) continue;
      const namespace = metadata.namespace as string | undefined;
      const ends = isObject(spec.selector) ? workloads.find(namespace, spec.selector as { [key: string]: string }) : [];
      const title = `Service ${namespace === undefined ? '' : `${namespace}/`}${metadata.name as string}`;
      const ports = objects(spec.ports).map(port => servicePort(title, port, ends));
      this.byName.set(nameKey(namespace, metadata.name), ports);
      for (const end of ends) this.byEnd.set(end, [...this.byEnd.get(end) ?? [], ...ports]);
    }
  }

  /** The port of a Service as others name it: by number or by name. */
  public port(namespace: Json | undefined, name: Json | undefined, port: Json | undefined): ServicePort | undefined {
    return this.byName.get(nameKey(namespace, name))?.find(own => (typeof port === 'number' ? own.port === port : own.name === port));
  }

  /** The ports of all Services in front of a workload. */
  public inFrontOf(end: FlowEnd): readonly ServicePort[] {
    return this.byEnd.get(end) ?? [];
  }
}

/** The objects of a list; whatever else stands there is left out. */
export function objects(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function servicePort(title: string, { port, name, targetPort = port, ...rest }: JsonObject, ends: readonly FlowEnd[]): ServicePort {
  const protocol = typeof rest.protocol === 'string' ? rest.protocol : 'TCP';
  const target = (end: FlowEnd): PortRange[] => (
    typeof targetPort === 'number' ? [{ protocol, port: targetPort }]
      : end.declaredPorts().filter(own => own.name === targetPort && own.protocol === protocol).map(own => ({ protocol, port: own.port }))
  );
  return {
    title,
    port: port as number,
    ...(name !== undefined && { name: name as string }),
    behind: ends.map(end => ({ end, ports: target(end) })),
  };
}

function nameKey(namespace: Json | undefined, name: Json | undefined): string {
  return JSON.stringify([namespace, name]);
}
