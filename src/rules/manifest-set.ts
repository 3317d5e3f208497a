import { Json, isObject } from '../kube/json';
import { podPart } from '../kube/kinds';
import { Manifest, PodSpec } from '../kube/pod-spec';
import { LabelSelector, Labels, selects, selectsEverything } from '../kube/selectors';

/** A workload of a set, and what its pods look like. */
export interface SetPod {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
  /** The field path of the pod spec. */
  readonly field: string;
}

/** Manifests that are judged together. What is asked of them is looked for once. */
export class ManifestSet {
  private readonly byKind = new Map<string, Manifest[]>();
  private readonly found = new Map<string, ReadonlySet<string>>();
  private readonly podsByLabel = new Map<string, Map<string, SetPod[]>>();
  private readonly memo = new Map<object, unknown>();
  private everyPod?: readonly SetPod[];

  /** @param manifests with fields of the types that they should have */
  constructor(public readonly manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const kind = String(manifest.kind);
      const known = this.byKind.get(kind);
      if (known) known.push(manifest);
      else this.byKind.set(kind, [manifest]);
    }
  }

  /** The manifests of a kind, in any API group whose name has no dot unless one is named: `networking.k8s.io`. */
  public ofKind(kind: string, group?: string): readonly Manifest[] {
    const all = this.byKind.get(kind) ?? [];
    return group === undefined ? all : all.filter(({ apiVersion }) => String(apiVersion).startsWith(`${group}/`));
  }

  /** Tells whether the set has an object: what is not in it is unknown, not absent, unless its whole namespace is here. */
  public has(kind: string, namespace: string, name: string): boolean {
    const names = this.found.get(kind) ?? new Set(this.ofKind(kind).map(manifest => `${namespaceOf(manifest)}/${String(manifest.metadata.name)}`));
    this.found.set(kind, names);
    return names.has(`${namespace}/${name}`);
  }

  /** Every workload with pods, those of a controller that is in the set left out where it says so. */
  public get pods(): readonly SetPod[] {
    return this.everyPod ??= this.manifests.flatMap(manifest => {
      const part = podPart(manifest);
      return part && manifest.kind !== 'PodTemplate' ? [{ manifest, namespace: namespaceOf(manifest), labels: part.meta.labels ?? {}, spec: part.spec, field: part.field }] : [];
    });
  }

  /** The workloads of a namespace whose pods a selector selects. */
  public selected(namespace: string, selector: LabelSelector): readonly SetPod[] {
    const byLabel = this.labelsOf(namespace);
    if (selectsEverything(selector)) return byLabel.get('') ?? [];
    // The rarest of its labels: one that every pod has would have each selector look at all of them.
    const each = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => byLabel.get(`${key}=${value}`) ?? []);
    const candidates = each.length ? each.reduce((a, b) => b.length < a.length ? b : a) : byLabel.get('') ?? [];
    return candidates.filter(({ labels }) => selects(selector, labels));
  }

  /** What several rules ask in the same way, worked out once. */
  public once<T>(work: (set: ManifestSet) => T): T {
    if (!this.memo.has(work)) this.memo.set(work, work(this));
    return this.memo.get(work) as T;
  }

  /** The pods of a namespace by each `key=value`; all of them by ''. */
  private labelsOf(namespace: string): ReadonlyMap<string, SetPod[]> {
    if (!this.podsByLabel.size) this.index();
    return this.podsByLabel.get(namespace) ?? new Map();
  }

  private index(): void {
    for (const pod of this.pods) {
      const byLabel = this.podsByLabel.get(pod.namespace) ?? new Map<string, SetPod[]>();
      this.podsByLabel.set(pod.namespace, byLabel);
      for (const key of ['', ...Object.entries(pod.labels).map(([name, value]) => `${name}=${value}`)]) {
        const known = byLabel.get(key);
        if (known) known.push(pod);
        else byLabel.set(key, [pod]);
      }
    }
  }
}

/** The namespace that an object is in, `default` where it names none: as kubectl would lay it down. */
export function namespaceOf({ metadata: { namespace } }: Manifest): string {
  return typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
}

/** A label selector as it stands in a manifest; undefined where it is none. */
export function selectorOf(value: Json | undefined): LabelSelector | undefined {
  if (!isObject(value)) return undefined;
  const { matchLabels, matchExpressions } = value;
  if (matchLabels !== undefined && matchLabels !== null && !isTexts(matchLabels)) return undefined;
  const expressions = Array.isArray(matchExpressions) ? matchExpressions : [];
  if (!expressions.every(isExpression)) return undefined;
  return { matchLabels: (matchLabels ?? {}) as Labels, matchExpressions: expressions as unknown as LabelSelector['matchExpressions'] };
}

/** Plain equality, as Services select. */
export function labelsOf(value: Json | undefined): Labels | undefined {
  return isTexts(value) ? value as Labels : undefined;
}

function isTexts(value: Json | undefined): boolean {
  return isObject(value) && Object.values(value).every(text => typeof text === 'string');
}

function isExpression(value: Json): boolean {
  return isObject(value) && typeof value.key === 'string' && typeof value.operator === 'string'
    && (value.values === undefined || value.values === null || (Array.isArray(value.values) && value.values.every(text => typeof text === 'string')));
}
