import { Manifest } from '../kube/pod-spec';
import { sound } from '../kube/sound';
import type { Posture } from '../posture/posture';
import { Alike } from './alike-manifests';
import { Draft, manifestDrafts, objectDrafts, podDrafts, roleDrafts } from './draft';
import { MANIFEST_RULES } from './manifest';
import type { ManifestRule } from './manifest-rule';
import { RulePack } from './packs';
import type { Parameters } from './parameters';
import { PodRule } from './pod-rule';
import { RbacRule } from './rbac-rule';

/** By what the rules of a pack are asked. */
export interface PackQuestion {
  readonly pack: RulePack;
  readonly minor: number;
  readonly parameters?: Parameters;
  readonly posture?: Posture;
}

/** Some of the rules that are asked under a pack. */
interface Part {
  /** Of those about any manifest. @default - all */
  readonly manifests?: readonly ManifestRule[];
  readonly pods: readonly PodRule[];
  readonly rbac: readonly RbacRule[];
  readonly objects: readonly ManifestRule[];
}

/** What all rules of a pack have against a manifest, by itself. */
export function packDrafts(manifest: Manifest, clean: Manifest, question: PackQuestion): readonly Draft[] {
  return partDrafts(question.pack, manifest, clean, question);
}

/** The same, where some of it was said of manifests like it. */
export function alikeDrafts(alike: Alike, manifest: Manifest, clean: Manifest, question: PackQuestion): readonly Draft[] {
  const { named, nameless, rank } = byNames(question.pack);
  const said = alike.said(`rules ${question.minor}`, its => partDrafts(nameless, its, sound(its), question));
  const ofNames = partDrafts(named, manifest, clean, question);
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

function partDrafts(part: Part, manifest: Manifest, clean: Manifest, { pack, minor, parameters, posture }: PackQuestion): readonly Draft[] {
  const drafts: Draft[] = [];
  for (const draft of manifestDrafts(manifest, minor, part.manifests)) {
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

/** The rules of a pack that read names, the others, and the place of each among all. */
interface ByNames {
  readonly named: Part;
  readonly nameless: Part;
  readonly rank: ReadonlyMap<string, number>;
}

const BY_NAMES = new WeakMap<RulePack, ByNames>();

function byNames(pack: RulePack): ByNames {
  const known = BY_NAMES.get(pack);
  if (known) return known;
  const part = (reads: boolean): Part => ({
    manifests: MANIFEST_RULES.filter(({ readsNames = false }) => readsNames === reads),
    pods: pack.pods.filter(({ readsNames = false }) => readsNames === reads),
    // Roles are Kubernetes' own, and their group has a dot: none is compared.
    rbac: reads ? pack.rbac : [],
    objects: pack.objects.filter(({ readsNames = false }) => readsNames === reads),
  });
  const ranked = [...MANIFEST_RULES, ...pack.pods, ...pack.rbac, ...pack.objects];
  const found = { named: part(true), nameless: part(false), rank: new Map(ranked.map(({ id }, i) => [id, i])) };
  BY_NAMES.set(pack, found);
  return found;
}
