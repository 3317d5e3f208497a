import { Manifest } from '../kube/pod-spec';
import { sound } from '../kube/sound';
import type { Posture } from '../posture/posture';
import { Alike } from './alike-manifests';
import { Draft, OfAnyKind, manifestDrafts, objectDrafts, podDrafts, roleDrafts } from './draft';
import { KIND_RULES, MANIFEST_RULES, SCHEMA_RULES } from './manifest';
import type { ManifestRule } from './manifest-rule';
import { RulePack } from './packs';
import type { Parameters } from './parameters';
import { PodRule } from './pod-rule';
import { RbacRule } from './rbac-rule';
import { RuleHead } from './rule';

/** What is known of a manifest once it was looked through. */
export interface Looked {
  /** What is left of it without the fields that have not the types that they should have. */
  readonly clean: Manifest;
  /** The minor version of Kubernetes whose schema has nothing against it. @default - that is not known */
  readonly faultlessFor?: number;
}

/** By what the rules of a pack are asked. */
export interface PackQuestion {
  readonly pack: RulePack;
  readonly minor: number;
  readonly parameters?: Parameters;
  readonly posture?: Posture;
  /** The rules about pods that have spoken already: they are not asked again. @default - none */
  readonly spoken?: readonly string[];
}

/** Some of the rules that are asked under a pack. */
interface Part {
  /** Of those about any manifest. @default - all */
  readonly manifests?: OfAnyKind;
  readonly pods: readonly PodRule[];
  readonly rbac: readonly RbacRule[];
  readonly objects: readonly ManifestRule[];
}

/** What all rules of a pack have against a manifest, by itself. */
export function packDrafts(manifest: Manifest, looked: Looked, question: PackQuestion): readonly Draft[] {
  return partDrafts(partsOf(question).all, manifest, looked, question);
}

/** The same, where some of it was said of manifests like it. */
export function alikeDrafts(alike: Alike, manifest: Manifest, looked: Looked, question: PackQuestion): readonly Draft[] {
  const parts = partsOf(question);
  const { named, nameless, rank } = parts;
  const said = alike.said(parts.question(question.minor), its => partDrafts(nameless, its, { clean: sound(its) }, question));
  const ofNames = partDrafts(named, manifest, looked, question);
  return ofNames.length ? merged(said, ofNames, rank) : said;
}

/** Two lists in the order of their rules as one. */
function merged(one: readonly Draft[], other: readonly Draft[], rank: ReadonlyMap<string, number>): Draft[] {
  const all: Draft[] = [];
  let i = 0;
  for (const draft of other) {
    const place = rank.get(draft.rule)!;
    while (i < one.length && rank.get(one[i].rule)! < place) all.push(one[i++]);
    all.push(draft);
  }
  addTo(all, one.slice(i));
  return all;
}

function partDrafts(part: Part, manifest: Manifest, { clean, faultlessFor }: Looked, question: PackQuestion): readonly Draft[] {
  const { pack, minor, parameters, posture } = question;
  const drafts: Draft[] = [];
  for (const draft of manifestDrafts(manifest, minor, part.manifests, faultlessFor === minor)) {
    if (!pack.off?.has(draft.rule)) drafts.push(draft);
  }
  addTo(drafts, podDrafts(clean, { rules: pack.pods, wanted: part.pods, exact: pack.exact, parameters, posture }, minor));
  addTo(drafts, roleDrafts(clean, part.rbac));
  addTo(drafts, objectDrafts(clean, part.objects, minor, parameters));
  return drafts;
}

function addTo(drafts: Draft[], more: readonly Draft[]): void {
  for (const draft of more) drafts.push(draft);
}

/** The rules of a pack, those of them that read names, the others, and the place of each among all. */
interface Parts {
  readonly all: Part;
  readonly named: Part;
  readonly nameless: Part;
  readonly rank: ReadonlyMap<string, number>;
  /** Stands for what the nameless ones say for a minor version. */
  question(minor: number): object;
}

const PARTS = new WeakMap<RulePack, Map<readonly string[], Parts>>();
const NONE: readonly string[] = [];

function partsOf({ pack, spoken = NONE }: PackQuestion): Parts {
  let bySpoken = PARTS.get(pack);
  if (!bySpoken) PARTS.set(pack, bySpoken = new Map());
  let parts = bySpoken.get(spoken);
  if (!parts) bySpoken.set(spoken, parts = splitUp(pack, new Set(spoken)));
  return parts;
}

function splitUp({ pods, rbac, objects }: RulePack, spoken: ReadonlySet<string>): Parts {
  const asked = pods.filter(({ id }) => !spoken.has(id));
  const part = (reads: boolean): Part => {
    const those = <T extends RuleHead>(rules: readonly T[]) => rules.filter(({ readsNames = false }) => readsNames === reads);
    // Roles are Kubernetes' own, and their group has a dot: none is compared.
    const manifests = { schema: those(SCHEMA_RULES), others: those(KIND_RULES) };
    return { manifests, pods: those(asked), rbac: reads ? rbac : [], objects: those(objects) };
  };
  const questions = new Map<number, object>();
  return {
    all: { pods: asked, rbac, objects },
    named: part(true),
    nameless: part(false),
    rank: new Map([...MANIFEST_RULES, ...pods, ...rbac, ...objects].map(({ id }, i) => [id, i])),
    question: minor => {
      const known = questions.get(minor) ?? {};
      questions.set(minor, known);
      return known;
    },
  };
}
