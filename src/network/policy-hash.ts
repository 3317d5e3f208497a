import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { digest } from '../kube/digest';
import { JsonObject, isObject, sorted } from '../kube/json';
import { LabelSelector, Labels, selects } from '../kube/selectors';
import { oncePerSynthesis } from '../posture/synthesis';

/** A policy of the app, as it binds. */
interface Binding {
  readonly selector: LabelSelector;
  readonly text: string;
}

const KEY = {};

/**
 * A digest of what the policies of the app say of pods: another one whenever that changes. Names, annotations and the
 * order of rules' keys do not count.
 */
export function policyHash(construct: IConstruct, namespace: string | undefined, labels: Labels): string {
  const bindings = bindingsOf(construct).get(namespace) ?? [];
  return digest(bindings.filter(({ selector }) => selects(selector, labels)).map(({ text }) => text).sort().join('\n'), 16);
}

/** Every policy of the app by its namespace; looked for once in a synthesis. */
function bindingsOf(construct: IConstruct): Map<string | undefined, Binding[]> {
  return oncePerSynthesis(construct, KEY, () => {
    const found = new Map<string | undefined, Binding[]>();
    for (const child of construct.node.root.node.findAll()) {
      if (!ApiObject.isApiObject(child) || child.kind !== 'NetworkPolicy' || child.apiGroup !== 'networking.k8s.io') continue;
      const { metadata, spec } = child.toJson() as { readonly metadata: { readonly namespace?: string }; readonly spec?: JsonObject };
      const binding = { selector: isObject(spec?.podSelector) ? spec.podSelector as LabelSelector : {}, text: JSON.stringify(sorted(spec ?? {})) };
      const known = found.get(metadata.namespace);
      if (known) known.push(binding);
      else found.set(metadata.namespace, [binding]);
    }
    return found;
  });
}
