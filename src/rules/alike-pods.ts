import { PodSpec } from '../kube/pod-spec';
import { StillPod } from './pod-rule';

/** The fields of a pod that only rules which say so read: by these, and by its labels, a pod differs from others that are set up alike. */
const NAMELESS = {
  serviceAccountName: undefined, serviceAccount: undefined, topologySpreadConstraints: undefined, affinity: undefined,
} as const satisfies { readonly [field in keyof PodSpec]?: undefined };
/** So many are kept at most: each may be some kilobytes. */
const MOST = 1000;
/** A pod of more characters is nobody's to compare: a thousand of them would not be kept lightly. */
const LONGEST = 100_000;
/** From so many on it shows whether pods are alike at all; where they are not, comparing them is for nothing. */
const TRIED = 200;

/**
 * What rules have said of pods, kept by all that they could read, and said again of the next pod that is the same to them:
 * the workloads of an app often differ in names alone. The rules see no more than what is compared, so that nothing else
 * can change what they say.
 */
export class AlikePods {
  private readonly known = new Map<string, unknown>();
  private asked = 0;
  private met = 0;

  /** @param ask its answer must follow from the pod that it is handed and from the question, and is nobody's to change */
  public said<T>(pod: StillPod, question: string, ask: (nameless: StillPod) => T): T {
    const nameless = new StillPod({ ...pod.spec, ...NAMELESS }, { annotations: pod.meta.annotations }, pod.field, pod.kind);
    const text = this.isWorthwhile ? textOf(nameless, question) : undefined;
    if (text === undefined || text.length > LONGEST) return ask(nameless);
    this.asked++;
    const known = this.known.get(text);
    if (known !== undefined) {
      this.met++;
      return known as T;
    }
    const answer = ask(nameless);
    if (this.known.size < MOST) this.known.set(text, answer);
    return answer;
  }

  private get isWorthwhile(): boolean {
    return this.asked < TRIED || this.met * 2 > this.asked;
  }
}

function textOf({ spec, meta, kind }: StillPod, question: string): string | undefined {
  try {
    return JSON.stringify([question, kind, meta, spec]);
  } catch {
    // A number that JSON cannot say, as others may write it.
    return undefined;
  }
}
