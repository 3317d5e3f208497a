import { Json, JsonObject, isObject } from '../../kube/json';
import { Manifest } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { ManifestSet, namespaceOf } from '../manifest-set';
import { SetRule } from '../set-rule';

/** A Service that an Ingress leads to, by the field that names it. */
interface Backend {
  readonly field: string;
  readonly name: string;
  readonly port: Json | undefined;
}

/** The backends of an Ingress, in the words of networking.k8s.io/v1 and of the versions before. */
function backendsOf({ spec }: Manifest): Backend[] {
  if (!isObject(spec)) return [];
  const rules = Array.isArray(spec.rules) ? spec.rules : [];
  return [
    ...backend(spec.defaultBackend, 'spec.defaultBackend'),
    ...backend(spec.backend, 'spec.backend'),
    ...rules.flatMap((rule, i) => {
      const http = isObject(rule) && isObject(rule.http) ? rule.http : {};
      return (Array.isArray(http.paths) ? http.paths : []).flatMap((path, j) => isObject(path) ? backend(path.backend, `spec.rules[${i}].http.paths[${j}].backend`) : []);
    }),
  ];
}

function backend(value: Json | undefined, field: string): Backend[] {
  if (!isObject(value)) return [];
  if (isObject(value.service) && typeof value.service.name === 'string') {
    const { name, port } = value.service;
    return [{ field: `${field}.service`, name, port: isObject(port) ? port.name ?? port.number : undefined }];
  }
  return typeof value.serviceName === 'string' ? [{ field: `${field}.serviceName`, name: value.serviceName, port: value.servicePort }] : [];
}

/** The Services of each namespace, by name. */
function servicesOf(set: ManifestSet): ReadonlyMap<string, ReadonlyMap<string, Manifest>> {
  const found = new Map<string, Map<string, Manifest>>();
  for (const manifest of set.ofKind('Service')) {
    const namespace = namespaceOf(manifest);
    const its = found.get(namespace) ?? new Map<string, Manifest>();
    found.set(namespace, its.set(String(manifest.metadata.name), manifest));
  }
  return found;
}

function hasPort({ spec }: Manifest, asked: Json): boolean {
  const ports = isObject(spec) && Array.isArray(spec.ports) ? spec.ports.filter(isObject) : [];
  return ports.some(({ name, port }: JsonObject) => name === asked || port === asked || String(port) === asked);
}

/**
 * A path that leads to no Service, or to a port that it does not have, answers nobody. Services that are not in the
 * input are unknown: where none of the namespace is here, nothing is said.
 *
 * Fields: spec.rules[*].http.paths[*].backend, spec.defaultBackend of an Ingress
 * Wanted: a Service of the namespace, and one of its ports
 */
export const ingressBackendMissing: SetRule = {
  id: 'ingress-backend-missing',
  title: 'Every Ingress leads to a Service',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'dangling-ingress', kubeScore: 'ingress-targets-service', kubescape: 'C-0298' },
  advice: 'Name a Service of the same namespace, and one of its ports.',
  check: set => set.ofKind('Ingress').flatMap(manifest => {
    const namespace = namespaceOf(manifest);
    const services = set.once(servicesOf).get(namespace);
    if (!services) return [];
    return backendsOf(manifest).flatMap(({ field, name, port }) => {
      const service = services.get(name);
      if (!service) return [{ manifest, field, what: `namespace '${namespace}' has no Service '${name}'` }];
      const isKnown = port === undefined || port === null || (isObject(service.spec) && service.spec.type === 'ExternalName') || hasPort(service, port);
      return isKnown ? [] : [{ manifest, field, what: `the Service '${name}' has no port ${String(port)}` }];
    });
  }),
};
