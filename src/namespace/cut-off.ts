import { JsonObject, isObject } from '../kube/json';
import { podPart } from '../kube/kinds';
import { Manifest, placedContainers } from '../kube/pod-spec';
import { Labels, LabelSelector, selects } from '../kube/selectors';
import { AdoptionStage } from './adoption-stage';
import { Contents } from './contents';
import { OF_THE_NAMESPACE } from './namespace-policies';

/** What pods would lose once the policies of their namespace bind. */
export interface CutOff {
  readonly what: string;
  readonly advice: string;
}

/** What closes or opens the namespace as a whole is no flow of a workload. */
const NO_FLOWS: readonly string[] = Object.values(OF_THE_NAMESPACE);

/** The directions in which no flow is declared for the pods of a manifest. */
export function cutOff(manifest: Manifest, contents: Contents): CutOff[] {
  const { meta, spec } = podPart(manifest)!;
  // On the host network a pod is outside of every policy.
  if (spec.hostNetwork) return [];
  const policies = contents.ofKind('NetworkPolicy').filter(({ metadata }) => !NO_FLOWS.includes(metadata.name ?? ''));
  const mine = policies.filter(policy => isAbout(policy, meta.labels ?? {}));
  const ports = placedContainers(spec).flatMap(({ container }) => container.ports ?? []).map(({ containerPort }) => containerPort);
  const isOpen = (direction: 'ingress' | 'egress') => mine.some(policy => Array.isArray(policy.spec?.[direction]));
  const stage = `at the stage '${AdoptionStage.ENFORCE}'`;
  return [
    ...(ports.length && !isOpen('ingress') ? [{
      what: `${stage} nobody could connect to its pods on ${[...new Set(ports)].sort((a, b) => a - b).join(', ')}: no flow to them is declared`,
      advice: 'Declare who connects to it, with acceptFrom, connectTo or an IngressWhitelist.',
    }] : []),
    ...(isOpen('egress') ? [] : [{
      what: `${stage} its pods could connect to nothing but what their namespace opens: no flow from them is declared`,
      advice: 'Declare what it connects to, with connectTo or an EgressWhitelist; nothing is to be done where it connects to nothing.',
    }]),
  ];
}

function isAbout({ spec = {} }: Manifest, labels: Labels): boolean {
  const selector: unknown = (spec as JsonObject).podSelector;
  return isObject(selector) && selects(selector as unknown as LabelSelector, labels);
}
