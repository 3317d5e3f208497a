import { collect } from '../../kube/faults';
import { checkNumericId } from '../../kube/ids';
import { checkDnsLabel, isDnsLabel } from '../../kube/names';
import { ContainerSecurity, PodSecurity } from '../../kube/pod-spec';
import { checkPort, checkPortRange } from '../../kube/ports';
import { quantity } from '../../kube/quantity';
import { Knowledge } from '../knowledge';
import { PodView } from '../pod-rule';

/** Refuses what the API server would refuse of the containers, wherever it comes from: properties or patches. */
export function checkContainers(pod: PodView, knowledge: Knowledge): void {
  const where = knowledge.posture.where;
  const check = (test: () => unknown) => collect(knowledge.faults, test);
  for (const name of namedTwice(pod)) {
    knowledge.fault('container-name-twice', `two containers are called '${name}'`, 'Give one of them another name.');
  }
  checkIds('the pod', pod.spec.securityContext, knowledge);
  for (const { container } of pod.containers) {
    const what = `container '${container.name}'`;
    if (!isDnsLabel(String(container.name))) check(() => checkDnsLabel(where, 'a container', String(container.name)));
    checkIds(what, container.securityContext, knowledge);
    for (const { containerPort, name } of container.ports ?? []) {
      check(() => checkPort(where, containerPort, `${what}: port`));
      if (name !== undefined) check(() => checkPortRange(where, { protocol: 'TCP', port: String(name) }));
    }
    for (const [list, amounts] of Object.entries(container.resources ?? {})) {
      if (list !== 'requests' && list !== 'limits') continue;
      for (const [resource, amount] of Object.entries(amounts ?? {})) {
        if (quantity(amount) === undefined) {
          knowledge.fault('quantity-invalid', `${what}: '${String(amount)}' is no quantity for resources.${list}.${resource}`,
            "Write a number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'.");
        }
      }
    }
  }
}

function namedTwice({ containers }: PodView): ReadonlySet<string> | [] {
  if (containers.length < 2) return [];
  const names = containers.map(({ container }) => container.name);
  return new Set(names.filter((other, i) => names.indexOf(other) !== i));
}

const IDS = ['runAsUser', 'runAsGroup', 'fsGroup', 'supplementalGroups'] as const;

function checkIds(what: string, context: PodSecurity | ContainerSecurity | undefined, knowledge: Knowledge): void {
  if (!context) return;
  for (const key of IDS) {
    const ids: unknown = context[key];
    if (ids === undefined) continue;
    for (const id of Array.isArray(ids) ? ids as unknown[] : [ids]) {
      collect(knowledge.faults, () => checkNumericId(knowledge.posture.where, `${key} of ${what}`, id));
    }
  }
}
