import type * as kplus from 'cdk8s-plus-27';
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

/** A container's properties with a name that no other container of the pod has. */
export function named(props: kplus.ContainerProps, others: readonly kplus.Container[]): kplus.ContainerProps {
  if (props.name !== undefined) return props;
  const taken = new Set(others.map(({ name }) => name));
  let name = 'main';
  for (let i = 2; taken.has(name); i++) name = `main-${i}`;
  return { ...props, name };
}
