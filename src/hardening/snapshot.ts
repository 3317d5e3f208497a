import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { postureOf } from '../posture/posture';
import { lastValidation, onceSettled } from '../posture/synthesis';
import { AlikeManifests } from '../rules/alike-manifests';
import { Across, lookAcross } from '../rules/audit';
import { Settings } from './settings';
import { Base, TreeObject } from './tree-object';
import { Verdict, verdictOf } from './verdict';
import { yardstickOf } from './yardstick';

/** An app as it is at one validation: what each object writes, and what objects show beside each other. */
export class Snapshot {
  /** The one of the validation that ran last, or is running. */
  public static of({ node: { root } }: IConstruct): Snapshot {
    const validation = lastValidation(root);
    const known = SNAPSHOTS.get(root);
    if (known && known.validation === validation) return known;
    const snapshot = new Snapshot(root, validation);
    SNAPSHOTS.set(root, snapshot);
    return snapshot;
  }

  private readonly bases = new Map<ApiObject, Base>();
  private readonly bySettings = new Map<Settings, Across>();
  private readonly alike = new Map<Settings, AlikeManifests>();

  /** @param otherwise what holds for objects for which nothing was asked for */
  constructor(private readonly root: IConstruct, private readonly validation?: object, public readonly otherwise?: Settings) {}

  /**
   * What is written of an object, and what is to be said of it.
   *
   * @throws what writing it throws, where others wrap it
   */
  public verdict(object: ApiObject, settings: Settings): Verdict {
    const tree = TreeObject.of(object);
    const base = this.base(object);
    const across = this.across(object, settings);
    if (base.items.some(({ manifest }) => across.has(manifest))) {
      return onceSettled(object, tree.verdict.beside, () => verdictOf(tree, settings, base, across, this.alikeUnder(settings)));
    }
    return onceSettled(object, tree.verdict.alone, () => verdictOf(tree, settings, base, across, this.alikeUnder(settings)));
  }

  private base(object: ApiObject): Base {
    const base = this.bases.get(object) ?? TreeObject.of(object).base();
    this.bases.set(object, base);
    return base;
  }

  private alikeUnder(settings: Settings): AlikeManifests {
    const known = this.alike.get(settings) ?? new AlikeManifests();
    this.alike.set(settings, known);
    return known;
  }

  /** Whoever is judged is judged beside all objects of the app. */
  private across(object: ApiObject, settings: Settings): Across {
    const yardstick = () => yardstickOf(postureOf(object), settings, this.alikeUnder(settings));
    const known = this.bySettings.get(settings) ?? lookAcross(settings.pack.sets.length ? this.manifests() : [], yardstick());
    this.bySettings.set(settings, known);
    return known;
  }

  private manifests(): Base['manifest'][] {
    return this.root.node.findAll().flatMap(construct => {
      try {
        return ApiObject.isApiObject(construct) ? this.base(construct).items.map(({ manifest }) => manifest) : [];
      } catch {
        // What cannot be written is told where it is judged.
        return [];
      }
    });
  }
}

const SNAPSHOTS = new WeakMap<IConstruct, Snapshot>();
