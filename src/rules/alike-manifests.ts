import { isForeign } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { sound } from '../kube/sound';
import { namelessOf } from './nameless';

/** So many are kept at most: each may be some kilobytes. */
const MOST = 1000;
/** A manifest of more characters is nobody's to compare: a thousand of them would not be kept lightly. */
const LONGEST = 100_000;
/** From so many of a kind on it shows whether they are alike at all; where they are not, comparing them is for nothing. */
const TRIED = 100;

/** What is said of all manifests that are the same but for their names. */
export class Alike {
  private readonly answers = new Map<unknown, unknown>();
  private soundness?: boolean;

  /** @param nameless one of them without its names */
  constructor(private readonly nameless: Manifest) {}

  /** Whether no field has a type that it should not have. */
  public get isSound(): boolean {
    return this.soundness ??= sound(this.nameless) === this.nameless;
  }

  /** @param ask its answer must follow from the manifest that it is handed and from the question, and is nobody's to change */
  public said<T>(question: string | object, ask: (nameless: Manifest) => T): T {
    if (!this.answers.has(question)) this.answers.set(question, ask(this.nameless));
    return this.answers.get(question) as T;
  }
}

/** How many of a kind were compared, and how many of these were like one before. */
interface Tally {
  asked: number;
  met: number;
}

/**
 * What has been said of manifests, kept by all that it may follow from, and said again of the next one that is the same:
 * the objects of an app often differ in names alone. Who is asked sees no more than what is compared, so that nothing
 * else can change what is said.
 */
export class AlikeManifests {
  private readonly byText = new Map<string, Alike>();
  private readonly tallies = new Map<string, Tally>();
  /** Each is asked about more than once. */
  private readonly found = new Map<Manifest, Alike | undefined>();

  /** What is said of all that are like a manifest; undefined where it is not compared. It must not change from then on. */
  public like(manifest: Manifest): Alike | undefined {
    const known = this.found.get(manifest);
    if (known || this.found.has(manifest)) return known;
    const alike = this.lookedUp(manifest);
    this.found.set(manifest, alike);
    return alike;
  }

  /** Lets go of a manifest. */
  public forget(manifest: Manifest): void {
    this.found.delete(manifest);
  }

  private lookedUp(manifest: Manifest): Alike | undefined {
    const { apiVersion, kind } = manifest;
    // What others' kinds mean by a selector, or by a pod, nobody knows.
    if (typeof kind !== 'string' || isForeign(apiVersion)) return undefined;
    const tally = this.tallies.get(kind) ?? { asked: 0, met: 0 };
    if (tally.asked >= TRIED && tally.met * 2 <= tally.asked) return undefined;
    // Anybody may write any kind.
    if (this.tallies.size < MOST) this.tallies.set(kind, tally);
    tally.asked++;
    try {
      return this.compared(namelessOf(manifest), tally);
    } catch {
      // It is nested too deeply, or holds a number that JSON cannot say, as others may write it.
      return undefined;
    }
  }

  private compared(nameless: Manifest, tally: Tally): Alike | undefined {
    const text = JSON.stringify(nameless);
    if (text.length > LONGEST) return undefined;
    const known = this.byText.get(text);
    if (known) {
      tally.met++;
      return known;
    }
    const alike = new Alike(nameless);
    if (this.byText.size < MOST) this.byText.set(text, alike);
    return alike;
  }
}
