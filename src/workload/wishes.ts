import type * as kplus from 'cdk8s-plus-27';
import { checkDnsLabel } from '../kube/names';
import { checkPort, checkPortRange } from '../kube/ports';
import { ContainerClaims } from '../rules/harden/claims';

/** What the user said of each container; cdk8s-plus fills in the rest so that it cannot be told from a wish. */
const WISHES = new WeakMap<kplus.Container, kplus.ContainerProps>();

/**
 * Records what was said when a container was added. It is kept outside the workload, because containers are
 * added while the workload's base class is being constructed, before its own fields are.
 */
export function recordWish(container: kplus.Container, props: kplus.ContainerProps): kplus.Container {
  WISHES.set(container, props);
  return container;
}

/** What cdk8s-plus filled in for a container. */
export function filledIn(container: kplus.Container): NonNullable<ContainerClaims['filledIn']> {
  const wish = WISHES.get(container);
  // A container that was made elsewhere and attached: what equals the filled-in value counts as filled in,
  // but for the pull policy, where a wish would be lost.
  if (!wish) return { resources: true, startupProbe: true, imagePullPolicy: false };
  return { resources: !wish.resources, startupProbe: !wish.startup, imagePullPolicy: !wish.imagePullPolicy };
}

/**
 * A container's properties with a name that no other container of the pod has.
 *
 * @throws a fault where Kubernetes would refuse its name, or one of its ports.
 */
export function named(pod: kplus.AbstractPod, props: kplus.ContainerProps, prefix?: string): kplus.ContainerProps {
  const name = props.name ?? freeName(pod, prefix);
  const where = pod.node.path;
  checkDnsLabel(where, 'a container', name);
  for (const number of [props.portNumber, props.port]) if (number) checkPort(where, number, `container '${name}': port`);
  for (const port of props.ports ?? []) {
    checkPort(where, port.number, `container '${name}': port`);
    if (port.name !== undefined) checkPortRange(where, { protocol: 'TCP', port: port.name });
  }
  return { ...props, name };
}

/** As cdk8s-plus names them: `main`, and `init-0`, `init-1` and so on for init containers; but never two alike. */
function freeName(pod: kplus.AbstractPod, prefix: string | undefined): string {
  const taken = new Set([...pod.containers, ...pod.initContainers].map(({ name }) => name));
  if (prefix === undefined && !taken.has('main')) return 'main';
  let i = prefix === undefined ? 2 : pod.initContainers.length;
  while (taken.has(`${prefix ?? 'main'}-${i}`)) i++;
  return `${prefix ?? 'main'}-${i}`;
}
