import { Container, Manifest } from '../../kube/pod-spec';
import { isExpired } from '../../posture/waiver';
import { addFolders } from '../harden/folders';
import { imageNeeds } from '../harden/image-needs';
import { lowPorts } from '../harden/low-ports';
import { isSeed } from '../harden/seeds';
import { token } from '../harden/token';
import { users, volumeGroups } from '../harden/users';
import { Knowledge } from '../knowledge';
import { PodView, Remedy } from '../pod-rule';
import { WrittenWaiver } from '../written-waivers';
import { Assumption, Ground, NO, YES } from './assumptions';
import { Grounds } from './grounds';
import { seccompGround, serviceLinksGround, tokenGround } from './pod-grounds';

/** The rules whose mend is about single containers, and the ground on which it may touch one. */
const PER_CONTAINER: { readonly [rule: string]: (grounds: Grounds) => Ground } = {
  'pod-user-unknown': grounds => grounds.ids(),
  'pod-run-as-non-root': grounds => grounds.user(),
  'pod-capabilities-drop': grounds => grounds.capabilities(),
  'pod-read-only-root': grounds => grounds.readOnlyRoot(),
  'pod-privilege-escalation': grounds => grounds.escalation(),
};

/** What an image needs and what it may do without come from one profile, and one without the other breaks it. */
const TOGETHER = ['pod-user-unknown', 'pod-run-as-non-root', 'pod-capabilities-drop', 'pod-read-only-root'];

/** Rules without a remedy, and the one that writes what they look at in the way that they know. */
const SPELT_BY: { readonly [rule: string]: string } = {
  'pod-capabilities-default-set': 'pod-capabilities-add',
  'pod-net-bind-service': 'pod-capabilities-add',
  'pod-proc-mount-always': 'pod-proc-mount',
};

/** The rules whose remedies are to be laid on for a rule, since one without the other is none; itself among them. */
export function togetherWith(rule: string): readonly string[] {
  if (TOGETHER.includes(rule)) return TOGETHER;
  return Object.hasOwn(SPELT_BY, rule) ? [SPELT_BY[rule], rule] : [rule];
}

/** Spellings: they change nothing that runs, in any container. */
const SPELLING = ['pod-capabilities-add', 'pod-proc-mount', 'pod-host-ports'];

/** A remedy, the rule that it serves, and the containers that it may touch. */
interface Step {
  readonly rule: string;
  readonly remedy: Remedy;
  isSeen(container: Container): boolean;
}

/** What may be done with one pod, decided before anything is done: so nothing depends on the order of remedies. */
export class Plan {
  private readonly grounds = new Map<string, Map<string, Ground>>();

  constructor(
    private readonly pod: PodView,
    public readonly knowledge: Knowledge,
    private readonly allowed: ReadonlySet<Assumption>,
    private readonly waivers: readonly WrittenWaiver[],
    isGranted: boolean,
    private readonly today: string,
  ) {
    for (const rule of Object.keys(PER_CONTAINER)) {
      this.grounds.set(rule, new Map(pod.containers.map(placed => [placed.container.name, this.groundOf(rule, placed.container)])));
    }
    this.forPod('pod-seccomp', () => seccompGround(pod));
    this.forPod('pod-service-links', () => serviceLinksGround(pod, allowed));
    this.forPod('pod-token-automount', () => tokenGround(pod, allowed, isGranted));
    for (const rule of SPELLING) this.forPod(rule, () => YES);
  }

  /** On what ground a rule's remedy may touch a container, or the pod. */
  public ground(rule: string, container?: Container): Ground {
    const its = this.grounds.get(rule);
    if (!its) return NO;
    if (!this.isPerContainer(rule)) return its.get('')!;
    if (!container) return NO;
    // A container that a remedy has just added is ours, and was not there when the others were asked.
    return its.get(container.name) ?? this.groundOf(rule, container);
  }

  /** Whether the rule's mend may touch the container. */
  public may(rule: string, container: Container): boolean {
    return this.ground(rule, container).may;
  }

  /** Why a rule's breach is left, where more is to be said than the rule says. */
  public why(rule: string, container: string | undefined): string | undefined {
    const its = this.grounds.get(rule);
    const ground = its?.get(this.isPerContainer(rule) ? container ?? '' : '');
    return ground && !ground.may ? ground.why : undefined;
  }

  /** Whether the rule's mend is about single containers. */
  public isPerContainer(rule: string): boolean {
    return Object.hasOwn(PER_CONTAINER, rule);
  }

  /** The remedies that are wanted. */
  public remedies(manifest: Manifest): Step[] {
    const { containers } = this.pod;
    // What copies files of an image follows the container that it copies for.
    const ids = containers.some(({ container }) => !isSeed(container) && this.may('pod-user-unknown', container));
    const isSeenBy = (...rules: string[]) => (container: Container) => rules.some(rule => this.may(rule, container));
    const all = () => true;
    return [
      { rule: 'pod-read-only-root', remedy: imageNeeds, isSeen: isSeenBy('pod-read-only-root', 'pod-user-unknown') },
      { rule: 'pod-user-unknown', remedy: users, isSeen: isSeenBy('pod-user-unknown') },
      { rule: 'pod-read-only-root', remedy: (pod, knowledge) => addFolders(manifest, pod, knowledge), isSeen: isSeenBy('pod-read-only-root') },
      // A group for the volumes where users become others than they were, and low ports for those that are no longer root.
      ...ids ? [{ rule: 'pod-user-unknown', remedy: volumeGroups, isSeen: all }] : [],
      // On the network of the node no pod can open them: who stays root there was asked container by container.
      ...(ids || this.drops) && !this.pod.spec.hostNetwork ? [{ rule: 'pod-run-as-non-root', remedy: lowPorts, isSeen: all }] : [],
      ...this.ground('pod-token-automount').may ? [{ rule: 'pod-token-automount', remedy: token, isSeen: all }] : [],
    ];
  }

  /** Whether it is assumed only that the rule's mend breaks nothing in the container. */
  public isAssumed(rule: string, container: Container): boolean {
    const ground = this.ground(rule, container);
    return ground.may && ground.assuming !== undefined;
  }

  /** Everything that is assumed, by rule and container; none for the pod. */
  public get assumed(): { rule: string; container: string; what: string }[] {
    return [...this.grounds].flatMap(([rule, its]) => [...its].flatMap(([container, ground]) => (
      ground.may && ground.assuming !== undefined ? [{ rule, container, what: ground.assuming }] : []
    )));
  }

  private get drops(): boolean {
    return this.pod.containers.some(({ container }) => this.may('pod-capabilities-drop', container) && !container.securityContext?.capabilities?.drop?.includes('ALL'));
  }

  private forPod(rule: string, ground: () => Ground): void {
    this.grounds.set(rule, new Map([['', this.isWaived(rule) ? NO : ground()]]));
  }

  private groundOf(rule: string, container: Container): Ground {
    const placed = this.pod.containers.find(other => other.container === container);
    if (!placed || this.isWaived(rule, container.name)) return NO;
    // The user is asked for both: whoever allows root has not asked for another user.
    if (rule === 'pod-user-unknown' && ['pod-run-as-non-root', 'pod-run-as-root'].some(other => this.isWaived(other, container.name))) return NO;
    return PER_CONTAINER[rule](new Grounds(this.pod, placed, this.knowledge, this.allowed));
  }

  /** Whoever has asked for an exception, and may, keeps it. */
  private isWaived(rule: string, container?: string): boolean {
    return this.waivers.some(({ waiver }) => waiver.rule === rule && !isExpired(waiver, this.today)
      && (container === undefined || waiver.container === undefined || waiver.container === container));
  }
}
