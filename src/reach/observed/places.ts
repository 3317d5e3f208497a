import { Family, formatAddress, parseAddress } from '../../kube/addresses';
import { isObject, Json } from '../../kube/json';
import { ReadObject } from '../../kube/reading/read';
import { Labels } from '../../kube/selectors';
import { Reach } from '../reach';
import { leadsTo, readService, Service } from '../services';
import { textsOf, Unit } from '../unit';
import { Workload } from '../workload';
import { SeenEnd, SeenWorkload } from './seen';

/** Where an end of a record lies. */
export type Place =
  | { readonly type: 'workload'; readonly id: string; readonly workload: Workload }
  /** A pod that is not in the manifests, by its labels. */
  | { readonly type: 'outsider'; readonly id: string; readonly unit: Unit }
  | { readonly type: 'address'; readonly id: string; readonly family: Family; readonly value: bigint }
  /** A Service of the manifests: those behind it. */
  | { readonly type: 'service'; readonly id: string; readonly service: Service; readonly workloads: readonly Workload[] }
  | { readonly type: 'node'; readonly id: string };

/** What controllers put behind the name of a workload for its pods. */
const POD_NAME = /^(.+?)(?:-[a-z0-9]{5,10}-(?:[a-z0-9]{5}|\*)|-(?:\d{1,10}-)?(?:[a-z0-9]{5}|\*)|-\d+)$/;
/** More ends than that are looked up again. */
const MOST_KEPT = 50_000;

/** Finds what records name in the manifests; each name is looked for once. */
export class Places {
  private readonly kept = new Map<string, Place | undefined>();
  private readonly outsiders = new Map<string, Place>();
  private readonly byAddress = new Map<string, Place>();
  private readonly services = new Map<string, Service>();

  constructor(private readonly reach: Reach) {
    for (const object of reach.world.entrances) {
      const service = object.manifest.kind === 'Service' ? readService(object) : undefined;
      if (!service) continue;
      this.services.set(`${service.namespace}/${service.name}`, service);
      for (const address of addressesIn(object)) this.byAddress.set(address, this.ofService(service));
    }
    for (const workload of reach.workloads) {
      for (const { addresses, isOnHost } of workload.units) {
        // The address of a node is many pods'.
        for (const { family, value } of isOnHost ? [] : addresses) this.byAddress.set(formatAddress(family, value), { type: 'workload', id: workload.id, workload });
      }
    }
  }

  /** Where an end lies; undefined where neither the manifests nor the record tell. */
  public of(end: SeenEnd): Place | undefined {
    if (end.type === 'node') return { type: 'node', id: 'node' };
    // There may be as many addresses outside as there are records; to look one up is quick.
    if (end.type === 'address') return this.ofAddress(end.address);
    const key = JSON.stringify(end.type === 'service' ? [end.namespace, end.name] : [end.namespace, end.name, end.workload, end.name ? 0 : end.labels]);
    if (this.kept.has(key)) return this.kept.get(key);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    const place = this.find(end);
    this.kept.set(key, place);
    return place;
  }

  private find(end: Extract<SeenEnd, { type: 'pod' | 'service' }>): Place | undefined {
    switch (end.type) {
      case 'service': {
        const service = this.services.get(`${end.namespace}/${end.name}`);
        if (service) return this.ofService(service);
        return end.labels ? this.outsider(end.namespace, end.labels) : end.address === undefined ? undefined : this.ofAddress(end.address);
      }
      case 'pod': {
        const workload = this.workload(end.namespace, end.name, end.workload, end.labels);
        if (workload) return { type: 'workload', id: workload.id, workload };
        return end.labels ? this.outsider(end.namespace, end.labels) : undefined;
      }
    }
  }

  /** By what it belongs to, by its own name, by the labels of a template, else by the name that its controller gave it. */
  private workload(namespace: string, name: string | undefined, owner: SeenWorkload | undefined, labels: Labels | undefined): Workload | undefined {
    const all = this.reach.world.workloadsIn(namespace);
    const named = (its: string, kind?: string) => only(all.filter(one => one.name === its && (kind === undefined || one.kind === kind)));
    const byOwner = owner && (named(owner.name, owner.kind) ?? named(owner.name));
    if (byOwner) return byOwner;
    if (name !== undefined) {
      const base = POD_NAME.exec(name)?.[1];
      const byName = named(name) ?? (base === undefined ? undefined : named(base));
      if (byName) return byName;
    }
    const fits = ({ units }: Workload) => units.some(unit => Object.keys(unit.labels).length > 0
      && Object.entries(unit.labels).every(([key, value]) => labels && Object.hasOwn(labels, key) && labels[key] === value));
    return labels && only(all.filter(fits));
  }

  private ofAddress(text: string): Place | undefined {
    const address = parseAddress(text);
    if (!address) return undefined;
    const id = formatAddress(address.family, address.value);
    return this.byAddress.get(id) ?? { type: 'address', id, ...address };
  }

  private ofService(service: Service): Place {
    const workloads = this.reach.world.workloadsIn(service.namespace).filter(({ units }) => units.some(unit => leadsTo(service, unit)));
    return { type: 'service', id: `Service ${service.namespace}/${service.name}`, service, workloads };
  }

  private outsider(namespace: string, labels: Labels): Place {
    const lasting = Object.fromEntries(Object.entries(labels).filter(([key]) => !FLEETING.includes(key)).sort(([a], [b]) => a < b ? -1 : 1));
    const id = `pods ${Object.keys(lasting).map(key => `${key}=${lasting[key]}`).join(',') || 'without labels'} in namespace ${namespace}`;
    let place = this.outsiders.get(id);
    if (!place) {
      const space = this.reach.world.namespace(namespace);
      const unit: Unit = { namespace: space, labels: textsOf(lasting), ports: new Map(), isOnHost: false, addresses: [] };
      this.outsiders.set(id, place = { type: 'outsider', id, unit });
    }
    return place;
  }
}

/** Labels of pods that differ from one roll-out to the next. */
const FLEETING = ['pod-template-hash', 'controller-revision-hash', 'pod-template-generation', 'statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'];

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

function addressesIn({ manifest: { spec } }: ReadObject): string[] {
  if (!isObject(spec)) return [];
  const texts: (Json | undefined)[] = [spec.clusterIP, ...Array.isArray(spec.clusterIPs) ? spec.clusterIPs : []];
  return texts.flatMap(text => {
    const address = typeof text === 'string' ? parseAddress(text) : undefined;
    return address ? [formatAddress(address.family, address.value)] : [];
  });
}
