import { Container, ObjectMeta, Placed, PodSpec, isWindows, placedContainers } from '../kube/pod-spec';
import { Knowledge } from './knowledge';
import { RuleHead, Violation } from './rule';

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
    private readonly isSeen?: (container: Container) => boolean,
  ) {
    this.windows = isWindows(spec);
  }

  /** Every container that is seen: init, regular, ephemeral. Not kept: rules add containers. */
  public get containers(): Placed[] {
    const { isSeen } = this;
    const placed = placedContainers(this.spec);
    return isSeen ? placed.filter(({ container }) => isSeen(container)) : placed;
  }

  /** Whether all containers are seen: what is said of the pod holds for each of them. */
  public get isWhole(): boolean {
    const { isSeen } = this;
    return !isSeen || placedContainers(this.spec).every(({ container }) => isSeen(container));
  }

  /** The same pod with some of its containers: whoever works on it leaves the others alone. */
  public only(isSeen: (container: Container) => boolean): PodView {
    return new PodView(this.spec, this.meta, this.field, this.kind, isSeen);
  }

  /** Whether the pods of this kind end by themselves. */
  public get isBatch(): boolean {
    return this.kind === 'Job' || this.kind === 'CronJob';
  }
}

/** A pod that is judged, not mended: its containers are found once for all rules. */
export class StillPod extends PodView {
  private placed?: Placed[];

  public override get containers(): Placed[] {
    return this.placed ??= super.containers;
  }
}

/** What a rule says from one minor version of Kubernetes on. */
export interface RuleVersion {
  /** The first minor version that it holds for. */
  readonly since: number;
  /** It allows more than the version before only because the pod has a user namespace of its own: whoever wants more than Pod Security asks does not follow it. */
  readonly relaxes?: boolean;
  /** The breaches of a pod; the pod is not changed. */
  check(pod: PodView, knowledge: Knowledge): Violation[];
}

/** A rule about pods: it says, checks and mends one control. */
export interface PodRule extends RuleHead {
  /** What it says, a new version only where Kubernetes changed the control; the oldest first. */
  readonly versions: readonly RuleVersion[];
  /** Its mend also writes in the usual way what is right already: it is wanted where nothing is broken, too. */
  readonly tidies?: boolean;
  /** Sets what nobody has set; what somebody has set on purpose stays, and the check speaks of it. */
  mend?(pod: PodView, knowledge: Knowledge): void;
}

/** The version of a rule that holds for a minor version of Kubernetes; undefined before its first one. */
export function versionAt(rule: PodRule, minor: number, authoring: boolean): RuleVersion | undefined {
  let holds: RuleVersion | undefined;
  for (const version of rule.versions) {
    if (version.since <= minor && !(authoring && version.relaxes)) holds = version;
  }
  return holds;
}

/** What to do about a breach, for whoever writes manifests. */
export function adviceInFields({ advice }: { readonly advice: string }, violation: Violation): string {
  return violation.advice ?? advice;
}

/** What to do about a breach, for whoever writes code. */
export function adviceInCode(rule: { readonly advice: string; readonly inCode?: string }, violation: Violation): string {
  return violation.inCode ?? violation.advice ?? rule.inCode ?? rule.advice;
}

const NONE: readonly Violation[] = [];

/** The breaches of a rule, for every version of Kubernetes that the manifest is for. */
export function breaches(rule: PodRule, pod: PodView, knowledge: Knowledge): readonly Violation[] {
  let found = NONE;
  for (const version of versionsAsked(rule, knowledge)) {
    const its = version.check(pod, knowledge);
    if (its.length) found = found.length ? [...found, ...its] : its;
  }
  // Most rules find nothing, and there is nothing to tell apart.
  if (!found.length) return found;
  const { authoring } = knowledge;
  const byField = new Map<string, Violation>();
  for (const violation of found) {
    if (authoring && violation.impliedBy !== undefined && knowledge.isAsked(violation.impliedBy)) continue;
    const key = `${violation.field} ${violation.container ?? ''}`;
    if (!byField.has(key)) byField.set(key, violation);
  }
  return [...byField.values()];
}

const ASKED = new WeakMap<object, Map<PodRule, readonly RuleVersion[]>>();

/** The versions of a rule that hold for any of the versions of Kubernetes that are asked about: an app asks thousands of times about the same. */
function versionsAsked(rule: PodRule, { minors, authoring, question }: Knowledge): readonly RuleVersion[] {
  let byRule = ASKED.get(question);
  if (!byRule) ASKED.set(question, byRule = new Map());
  let versions = byRule.get(rule);
  if (!versions) {
    versions = [...new Set(minors.flatMap(minor => versionAt(rule, minor, authoring) ?? []))];
    byRule.set(rule, versions);
  }
  return versions;
}

/** A step of hardening that is no rule: it gives a pod what it needs. */
export type Remedy = (pod: PodView, knowledge: Knowledge) => void;

/** A rule on one field of each container's security context. */
export function eachContainer(pod: PodView, visit: (placed: Placed) => Violation | undefined): Violation[] {
  const found: Violation[] = [];
  for (const placed of pod.containers) {
    const violation = visit(placed);
    if (violation) found.push(violation);
  }
  return found;
}
