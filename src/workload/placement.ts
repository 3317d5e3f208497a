import type * as kplus from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { Fault } from '../kube/faults';
import { isDnsSubdomain, toDnsLabel } from '../kube/names';
import { namespaceFor } from '../network/namespace-scope';

/**
 * Properties for the cdk8s-plus class: in the namespace that the scope is in, isolated by our flows, not by its,
 * and spread once: it adds its terms again whenever the pod is written.
 */
export function placed<T extends kplus.AbstractPodProps>(scope: Construct, id: string, props: T): T {
  const where = [scope.node.path, id].filter(part => part).join('/');
  const name = props.metadata?.name;
  if (name !== undefined && !isDnsSubdomain(name)) {
    throw new Fault({ where, what: `'${name}' is no name that Kubernetes takes`, id: 'name-invalid', advice: `Did you mean '${toDnsLabel(name)}'?` });
  }
  const namespace = namespaceFor(scope, id, props.metadata?.namespace);
  return { ...props, isolate: false, spread: false, ...(namespace !== undefined && { metadata: { ...props.metadata, namespace } }) };
}

/** A StatefulSet's replicas are found through a Service, which needs a port. */
export function withPorts<T extends kplus.StatefulSetProps>(scope: Construct, id: string, props: T): T {
  const hasPorts = (props.containers ?? []).some(container => container.portNumber ?? container.port ?? container.ports?.length);
  if (props.service || hasPorts) return props;
  throw new Fault({
    where: [scope.node.path, id].filter(part => part).join('/'),
    what: 'the StatefulSet has neither a Service nor a container with a port',
    id: 'stateful-set-without-ports',
    advice: 'Declare the port where the container is stated (portNumber: 5432), or hand in a Service.',
  });
}
