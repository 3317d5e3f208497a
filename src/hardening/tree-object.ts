import { ApiObject } from 'cdk8s';
import { isGranted } from '../access/grants';
import { Fault } from '../kube/faults';
import { Manifest } from '../kube/pod-spec';
import { Item, objectsOf } from '../kube/reading/objects';
import { Posture, postureJudged, postureNamed } from '../posture/posture';
import { onceSettled } from '../posture/synthesis';
import { isReplaceable, peopleKnow, written } from '../posture/written';
import { Finding } from '../rules/harden/finding';
import { RULE_IDS } from '../rules/harden/harden';
import { seamOf } from '../rules/harden/seam';
import { hardenPods } from './other-peoples-pods';
import { settingsOf } from './settings';

/** An object of the tree before its rules are asked. */
export interface Base {
  /** What it writes, hardened where that was asked for: itself, or the items of a List. */
  readonly items: readonly Item[];
  /** What it writes as a whole. */
  readonly manifest: Manifest;
  readonly faults: readonly Fault[];
  /** What was decided for it. */
  readonly posture: Posture;
  /** What is to be said of it already. */
  readonly findings: readonly Finding[];
  /** The rules that have been asked already. */
  readonly asked: readonly string[];
}

/** What every construct of the tree is asked at synthesis, whoever wrote it. */
export class TreeObject {
  /** The one of an object. */
  public static of(object: ApiObject): TreeObject {
    const known = KNOWN.get(object) ?? new TreeObject(object);
    KNOWN.set(object, known);
    return known;
  }

  /** Under these its verdict is kept in a synthesis: by itself, and beside others. */
  public readonly verdict = { alone: {}, beside: {} };
  /** Whether it was laid hold of. */
  public isFound = false;
  /** Whether its `toJson` was wrapped here; else it is a workload of ours, or another language has replaced it. */
  public isLaid = false;
  private path?: string;

  private constructor(public readonly object: ApiObject) {}

  /** The construct path by which people know it. */
  public get where(): string {
    return this.path ??= peopleKnow(this.object).node.path;
  }

  private get posture(): Posture {
    return postureJudged(this.object, () => this.where);
  }

  /** @param json what it writes, where that is at hand */
  public base(json?: () => Manifest): Base {
    return onceSettled(this.object, this, () => this.isLaid ? this.laid(json ?? seamOf(this.object)!.written) : this.others());
  }

  private laid(json: () => Manifest): Base {
    const { object } = this;
    const manifest = json();
    const { items, flaws } = objectsOf(manifest);
    const faults = flaws.map(({ message }) => unreadable(this.where, message));
    if (!settingsOf(object)!.enforces) return { items, manifest, posture: this.posture, faults, findings: [], asked: [] };
    const posture = postureNamed(object, this.where);
    // Waivers are asked for once, when all is judged.
    const unwaived = { ...posture, waivers: [] };
    const hasRights = (account: string, namespace?: string) => isGranted(object, account, namespace);
    const hardened = items.map(item => ({ path: item.path, ...hardenPods(item.manifest, unwaived, hasRights) }));
    return {
      items: hardened.map(({ path, manifest: after }) => ({ path, manifest: after })),
      manifest,
      posture,
      faults: [...faults, ...hardened.flatMap(({ faults: its }) => its)],
      findings: hardened.flatMap(({ path, findings }) => findings.map(finding => ({ ...finding, field: path ? `${path}.${finding.field}` : finding.field }))),
      asked: [],
    };
  }

  /** What hardens itself has said what there is to say of its pod. */
  private others(): Base {
    const { object, posture } = this;
    const seam = seamOf(object);
    if (seam) {
      const { manifest, faults, findings } = seam.harden();
      return { items: [{ path: '', manifest }], manifest, posture, faults, findings, asked: RULE_IDS };
    }
    const manifest = written(object);
    const { items, flaws } = objectsOf(manifest);
    const faults = flaws.map(({ message }) => unreadable(this.where, message));
    const enforced = settingsOf(object)?.enforces && !isReplaceable(object);
    return { items, manifest, posture, faults: enforced ? [...faults, unreachable(this.where)] : faults, findings: [], asked: [] };
  }
}

const KNOWN = new WeakMap<ApiObject, TreeObject>();

function unreadable(where: string, message: string): Fault {
  const [what, advice = 'Write it as an object with apiVersion and kind.'] = message.split(/\. (?=[A-Z])/);
  return new Fault({ where, what: what.replace(/\.$/, ''), id: 'object-invalid', advice });
}

function unreachable(where: string): Fault {
  return new Fault({
    where,
    what: 'its toJson is overridden in another language, so it cannot be hardened',
    id: 'object-unreachable',
    advice: 'Leave toJson as it is and change the object by addJsonPatch.',
  });
}
