import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Construct, IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { checkDnsSubdomain } from '../kube/names';
import { namespaceFor } from '../network/namespace-scope';
import { resolveAtOnce } from './kplus-json';

/**
 * Properties for the cdk8s-plus class: in the namespace that the scope is in, isolated by our flows, not by its,
 * and spread once: it adds its terms again whenever the pod is written; with a service account of its own.
 *
 * The account is made beside the workload and before it: objects are written in the order in which they are made,
 * and the API server refuses a pod whose account is not there yet. A dependency would say the same, at the price of
 * half as much time again for a large app.
 */
export function placed<T extends kplus.AbstractPodProps>(scope: Construct, id: string, props: T): T {
  const where = [scope.node.path, id].filter(part => part).join('/');
  const name = props.metadata?.name;
  if (name !== undefined) checkDnsSubdomain(where, 'a workload', name);
  const namespace = namespaceFor(scope, id, props.metadata?.namespace);
  const placement = { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) };
  return {
    ...props,
    isolate: false,
    spread: false,
    metadata: { ...props.metadata, ...placement },
    serviceAccount: props.serviceAccount ?? ownAccount(scope, id, placement),
  };
}

/** The accounts of an app that bear the name of their workload, by namespace and name. */
const ACCOUNTS = new WeakMap<IConstruct, Map<string, kplus.ServiceAccount>>();

/** Refuses a second account of one name: in the cluster the two would be one, and rights of the one workload rights of the other. */
function ownAccount(scope: Construct, id: string, placement: { name?: string; namespace?: string }): kplus.ServiceAccount {
  const { name, namespace } = placement;
  const accounts = ACCOUNTS.get(scope.node.root) ?? new Map<string, kplus.ServiceAccount>();
  ACCOUNTS.set(scope.node.root, accounts);
  // Charts that say no namespace may be meant for different ones.
  const key = JSON.stringify([namespace ?? Chart.of(scope).node.path, name]);
  const other = name === undefined ? undefined : accounts.get(key)?.node;
  if (other?.scope?.node.tryFindChild(other.id)) {
    throw new Fault({
      where: [scope.node.path, id].filter(part => part).join('/'),
      what: `its service account '${name}' would be that of '${other.path.replace(/-account$/, '')}', and rights of the one would be rights of the other`,
      id: 'service-account-shared',
      advice: "Give one of the two another name (metadata: { name: '…' }), or hand in an account of its own: serviceAccount: new ServiceAccount(…).",
    });
  }
  const account = new kplus.ServiceAccount(scope, `${id}-account`, { metadata: placement });
  resolveAtOnce(ApiObject.of(account));
  accounts.set(key, account);
  return account;
}

/** Of these the controller puts the name, and eleven characters more, into names or labels of at most 63. */
const NAMED_AFTER = ['CronJob', 'StatefulSet'];
const LONGEST_NAME = 52;

/** Refuses a name with which the workload is accepted, and its pods never come. */
export function checkNameLength({ node, kind, name }: kplus.AbstractPod): void {
  if (!NAMED_AFTER.includes(kind) || name.length <= LONGEST_NAME) return;
  throw new Fault({
    where: node.path,
    what: `the name '${name}' of a ${kind} has ${name.length} characters, and with more than ${LONGEST_NAME} its pods cannot be named`,
    id: 'name-too-long',
    advice: "Say a shorter one: metadata: { name: '…' }.",
  });
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
