import { copy, equal } from '../../kube/json';
import { podPart } from '../../kube/kinds';
import { Container, Manifest } from '../../kube/pod-spec';
import { sound } from '../../kube/sound';
import { Posture } from '../../posture/posture';
import { PROFILES } from '../../posture/profiles';
import { BUILT_IN } from '../../posture/workload-defaults';
import { FolderKind } from '../../posture/writable-folder';
import { Claims, ContainerClaims } from '../harden/claims';
import { checkContainers } from '../harden/containers';
import { mountAt } from '../harden/folder-names';
import { Knowledge } from '../knowledge';
import { POD_RULES } from '../pod';
import { PodRule, PodView, breaches } from '../pod-rule';
import { writtenWaivers } from '../written-waivers';
import { Assumption } from './assumptions';
import { Change, changesBetween } from './changes';
import { overlay } from './overlay';
import { Plan } from './plan';
import { withoutNulls } from './without-nulls';

/** How somebody else's manifest is mended. */
export interface MendOptions {
  /** The minor version of Kubernetes. */
  readonly minor: number;
  /** The day that decides whether a waiver has expired. */
  readonly today: string;
  readonly assume: ReadonlySet<Assumption>;
  /** The input grants rights to the default service account of the manifest's namespace. */
  readonly defaultAccountIsGranted?: boolean;
  /** The rules whose remedies are laid on; every one if not said. */
  readonly rules?: readonly PodRule[];
}

/** A line about a field, and the rule that it serves. */
export interface MendLine extends Change {
  readonly rule: string;
  /** What to do, in whole sentences. */
  readonly advice?: string;
}

/** Whoever writes a text for a number meant something; what, is not guessed. */
const UNSOUND: Omit<MendLine, 'field'> = {
  what: 'left as it is: a field of the pod has a type that the API server refuses',
  rule: 'fix-unsound',
  advice: 'Correct that first.',
};

/** A pod as remedies have left it. */
export interface Remedied {
  readonly manifest: Manifest;
  readonly pod: PodView;
  readonly plan: Plan;
  readonly changes: readonly MendLine[];
}

/** What remedies make of a manifest; or why they cannot be laid on it, in no line where it has no pod. */
export function remedy(written: Manifest, options: MendOptions): Remedied | MendLine[] {
  const plain = withoutNulls(copy(written)) as Manifest;
  const pods = podPart(plain);
  if (!pods) return [];
  const before = sound(copy(plain));
  if (!equal(before, plain)) return [{ ...UNSOUND, field: pods.field }];
  const after = copy(before);
  const part = podPart(after)!;
  const pod = new PodView(part.spec, part.meta, part.field, after.kind);
  const posture: Posture = { ...BUILT_IN, where: '', today: options.today, kubernetesMinor: options.minor, profiles: PROFILES, mirrors: {}, waivers: [] };
  const plan = new Plan(pod, new Knowledge(posture, {}, [options.minor], true), options.assume, writtenWaivers(after, options.today).waivers,
    options.defaultAccountIsGranted ?? false, options.today);
  const knowledge = new Knowledge(posture, assumedClaims(pod, plan), [options.minor], true);

  checkContainers(pod, knowledge);
  const changes = knowledge.faults.length ? [] : treat(after, pod, plan, knowledge, options.rules ?? POD_RULES);
  // The API server refuses what remedies stumble over; half of a remedy is none.
  if (knowledge.faults.length) {
    return knowledge.faults.map(({ id, message }) => ({ field: part.field, what: message.replace(/^\(app\): /, '').replace(/ \[[\w-]+\]\./, '.'), rule: id }));
  }
  return { manifest: overlay(written, before, after) as Manifest, pod, plan, changes };
}

/** Lays remedies and rules on the pod, and says what each has changed. */
function treat(manifest: Manifest, pod: PodView, plan: Plan, knowledge: Knowledge, rules: readonly PodRule[]): MendLine[] {
  const changes: MendLine[] = [];
  const watched = (rule: string, act: () => void) => {
    const was = copy(manifest);
    act();
    changes.push(...changesBetween(was, manifest).filter(({ what }) => what !== 'set to {}').map(change => ({ ...change, rule })));
  };
  const asked = new Set(rules.map(({ id }) => id));
  for (const { rule, remedy: lay, isSeen } of plan.remedies(manifest)) if (asked.has(rule)) watched(rule, () => lay(pod.only(isSeen), knowledge));
  // What passes is not touched; asked of all rules first, so that their order does not matter.
  const broken = rules.filter(rule => rule.mend && (rule.tidies || breaches(rule, pod, knowledge).length));
  for (const rule of broken) {
    const isSeen = isSeenBy(rule, plan);
    if (isSeen) watched(rule.id, () => rule.mend!(pod.only(isSeen), knowledge));
  }
  return changes;
}

/** The containers that the rule's mend may touch; undefined where it may not touch the pod. */
function isSeenBy({ id }: PodRule, plan: Plan): ((container: Container) => boolean) | undefined {
  if (plan.ground(id).may) return () => true;
  return plan.isPerContainer(id) ? container => plan.may(id, container) : undefined;
}

/** An image of which nothing is known, and that is assumed to write nowhere else, may still write to /tmp. */
function assumedClaims(pod: PodView, plan: Plan): Claims {
  const knowledge = plan.knowledge;
  const unknown = pod.containers.filter(({ container, list }) => list !== 'ephemeralContainers' && plan.may('pod-read-only-root', container)
    && plan.isAssumed('pod-read-only-root', container) && !knowledge.profile(container) && !mountAt(container, '/tmp'));
  const folders: ContainerClaims = { folders: [{ path: '/tmp', kind: FolderKind.EPHEMERAL }] };
  return { containers: Object.fromEntries(unknown.map(({ container }) => [container.name, folders])) };
}
