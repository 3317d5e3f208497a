import { PodSpec } from '../kube/pod-spec';
import { StillPod } from './pod-rule';

/** The fields of a pod that only rules which say so read: by these, and by its labels, a pod differs from others that are set up alike. */
const NAMELESS = {
  serviceAccountName: undefined, serviceAccount: undefined, topologySpreadConstraints: undefined, affinity: undefined,
} as const satisfies { readonly [field in keyof PodSpec]?: undefined };
/** The fields that are not compared. */
export const NAMING: readonly string[] = Object.keys(NAMELESS);
/** So many are kept at most: each may be some kilobytes. */
const MOST = 1000;
/** A pod of more characters is nobody's to compare: a thousand of them would not be kept lightly. */
const LONGEST = 100_000;
/** From so many on it shows whether pods are alike at all; where they are not, comparing them is for nothing. */
const TRIED = 200;

/** What was said of pods that are the same but for their names, by what was asked. */
type Answers = Map<string, unknown>;

/**
 * What has been said of pods, kept by all that it may follow from, and said again of the next pod that is the same:
 * the workloads of an app often differ in names alone. Who is asked sees no more than what is compared, so that nothing
 * else can change what is said.
 */
export class AlikePods {
  private readonly known = new Map<string, Answers>();
  private asked = 0;
  private met = 0;
  /** The pod that was asked about last: it mostly is asked about more than once. */
  private last?: { readonly pod: StillPod; readonly nameless: StillPod; readonly answers?: Answers };

  /** @param ask its answer must follow from the pod that it is handed and from the question, and is nobody's to change */
  public said<T>(pod: StillPod, question: string, ask: (nameless: StillPod) => T): T {
    const { nameless, answers } = this.lookedUp(pod);
    const known = answers?.get(question);
    if (known !== undefined) return known as T;
    const answer = ask(nameless);
    answers?.set(question, answer);
    return answer;
  }

  private lookedUp(pod: StillPod): NonNullable<AlikePods['last']> {
    if (!this.last || !isSame(this.last.pod, pod)) {
      const nameless = new StillPod({ ...pod.spec, ...NAMELESS }, { annotations: pod.meta.annotations }, pod.field, pod.kind);
      this.last = { pod, nameless, answers: this.isWorthwhile ? this.answersOf(nameless) : undefined };
    }
    return this.last;
  }

  private get isWorthwhile(): boolean {
    return this.asked < TRIED || this.met * 2 > this.asked;
  }

  private answersOf(nameless: StillPod): Answers | undefined {
    const text = textOf(nameless);
    if (text === undefined || text.length > LONGEST) return undefined;
    this.asked++;
    const known = this.known.get(text);
    if (known) {
      this.met++;
      return known;
    }
    const answers: Answers = new Map();
    if (this.known.size < MOST) this.known.set(text, answers);
    return answers;
  }
}

function isSame(a: StillPod, b: StillPod): boolean {
  return a.spec === b.spec && a.meta.annotations === b.meta.annotations && a.kind === b.kind;
}

function textOf({ spec, meta, kind }: StillPod): string | undefined {
  try {
    return JSON.stringify([kind, meta, spec]);
  } catch {
    // A number that JSON cannot say, as others may write it.
    return undefined;
  }
}
