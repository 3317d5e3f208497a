import { ObjectMeta, Placed, PodSpec, isWindows, placedContainers } from '../kube/pod-spec';
import { Severity } from '../kube/severity';
import { Knowledge } from './knowledge';

/** A pod as rules see it. */
export class PodView {
  public readonly windows: boolean;

  constructor(
    public readonly spec: PodSpec,
    /** The metadata of the pod template, or of the Pod. */
    public readonly meta: ObjectMeta,
    /** The field path of the pod spec: `spec.template.spec`. */
    public readonly field: string,
    public readonly kind: string,
  ) {
    this.windows = isWindows(spec);
  }

  /** Every container: init, regular, ephemeral. Not kept: rules add containers. */
  public get containers(): Placed[] {
    return placedContainers(this.spec);
  }

  /** Whether the pods of this kind end by themselves. */
  public get isBatch(): boolean {
    return this.kind === 'Job' || this.kind === 'CronJob';
  }
}

/** One breach of a rule. */
export interface Violation {
  /** The field path below the pod spec, or '' for the pod spec itself. */
  readonly field: string;
  /** What is, as the start of a sentence. */
  readonly what: string;
  readonly container?: string;
  /** What to do, where it depends on the case; the rule's own advice otherwise. */
  readonly advice?: string;
}

/** Where else a control is known. */
export interface Controls {
  /** The Pod Security level that holds it. */
  readonly pss?: 'baseline' | 'restricted';
  /** The section of the CIS Kubernetes Benchmark. */
  readonly cis?: string;
  readonly checkov?: string;
}

/** A rule about pods: it says, checks and mends one control. */
export interface PodRule {
  /** `family-subject` in kebab case, at most 50 characters; never renamed. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly controls?: Controls;
  /** What to do about a breach, in whole sentences. */
  readonly advice: string;
  /** The breaches of a pod; the pod is not changed. */
  check(pod: PodView, knowledge: Knowledge): Violation[];
  /** Sets what nobody has set; what somebody has set on purpose stays, and `check` speaks of it. */
  mend?(pod: PodView, knowledge: Knowledge): void;
}

/** A step of hardening that is no rule: it gives a pod what it needs. */
export type Remedy = (pod: PodView, knowledge: Knowledge) => void;

/** A rule on one field of each container's security context. */
export function eachContainer(pod: PodView, visit: (placed: Placed) => Violation | undefined): Violation[] {
  return pod.containers.map(visit).filter(violation => violation !== undefined);
}
