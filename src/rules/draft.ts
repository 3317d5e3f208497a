import { standIns } from '../kube/embedded-pods';
import { podPart } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { isRole } from '../kube/rbac';
import { OLDEST_SCHEMA } from '../kube/schema/validate';
import { Severity } from '../kube/severity';
import { sound } from '../kube/sound';
import { Posture } from '../posture/posture';
import { PROFILES } from '../posture/profiles';
import { BUILT_IN } from '../posture/workload-defaults';
import { Knowledge } from './knowledge';
import { KIND_RULES, SCHEMA_RULES } from './manifest';
import { ManifestRule, ManifestView } from './manifest-rule';
import { ManifestSet } from './manifest-set';
import type { Parameters } from './parameters';
import { PodRule, StillPod, adviceInFields, breaches } from './pod-rule';
import { RbacRule } from './rbac-rule';
import { Controls, RuleHead, Violation } from './rule';
import type { SetRule } from './set-rule';

/** A breach on its way to becoming a finding. */
export interface Draft {
  readonly rule: string;
  readonly severity: Severity;
  /** The field path from the root of the manifest. */
  readonly field: string;
  readonly container?: string;
  readonly what: string;
  readonly advice: string;
  readonly controls?: Controls;
  /** The rule that speaks of the same thing: whoever waives that one has waived this one. */
  readonly impliedBy?: string;
}

/** Which rules about pods are asked, and how. */
export interface Question {
  readonly rules: readonly PodRule[];
  /** Those of them whose breaches are wanted. @default - all */
  readonly wanted?: readonly PodRule[];
  /** Exactly what Kubernetes' own admission plugin says, its relaxations included. */
  readonly exact: boolean;
  /** What the organisation decided. @default - nothing */
  readonly parameters?: Parameters;
  /** What is decided where the manifest is written: its profiles of images count. @default - the built-in ones */
  readonly posture?: Posture;
}

const NOTHING_DECIDED: Posture = { ...BUILT_IN, where: '', today: '', kubernetesMinor: 0, profiles: PROFILES, mirrors: {}, waivers: [] };

/** Rules about manifests of any kind. */
export interface OfAnyKind {
  /** Those about what the schema says. */
  readonly schema: readonly ManifestRule[];
  readonly others: readonly ManifestRule[];
}

const EVERY: OfAnyKind = { schema: SCHEMA_RULES, others: KIND_RULES };

/**
 * What the API server itself has against a manifest, whatever the pack: a field that it drops protects nobody.
 *
 * @param isFaultless whether it is known that the schema has nothing against it
 */
export function manifestDrafts(manifest: Manifest, minor: number, { schema, others } = EVERY, isFaultless = false): Draft[] {
  const drafts: Draft[] = [];
  if (minor < OLDEST_SCHEMA) return drafts;
  const view = new ManifestView(manifest, minor);
  // Most have no fault in their schema.
  if (schema.length && !isFaultless && view.schemaFaults.length) addDrafts(drafts, schema, view);
  addDrafts(drafts, others.filter(({ kinds }) => !kinds || kinds.includes(manifest.kind)), view);
  return drafts;
}

/** What the rules have against the pods of a manifest whose fields have the types that they should have. */
export function podDrafts(clean: Manifest, question: Question, minor: number): readonly Draft[] {
  const { rules, wanted = rules, exact, parameters, posture = NOTHING_DECIDED } = question;
  if (!wanted.length) return [];
  const part = podPart(clean);
  if (!part) return embeddedDrafts(clean, question, minor);
  const pod = new StillPod(part.spec, part.meta, part.field, clean.kind);
  const knowledge = new Knowledge(posture, {}, [minor], !exact, parameters, rule => rules.some(({ id }) => id === rule));
  const found: { readonly rule: PodRule; readonly violation: Violation }[] = [];
  for (const rule of wanted) {
    for (const violation of breaches(rule, pod, knowledge)) found.push({ rule, violation });
  }
  if (!found.length) return [];
  const overridden = new Set(found.map(({ rule }) => rule.controls?.pss?.overrides).filter(control => control !== undefined));
  return found
    .filter(({ rule }) => !(rule.controls?.pss && overridden.has(rule.controls.pss.control)))
    .map(({ rule, violation }) => drafted(rule, violation, fromRoot(pod.field, violation.field)));
}

/** The same of the pods that an object of somebody else's kind embeds. */
function embeddedDrafts(manifest: Manifest, question: Question, minor: number): Draft[] {
  return standIns(manifest).flatMap(({ manifest: pod, fieldOf }) => (
    podDrafts(sound(pod), question, minor).map(draft => ({ ...draft, field: fieldOf(draft.field) }))
  ));
}

/** What the rules have against the rights that a manifest gives; its fields may be of any type. */
export function roleDrafts(manifest: Manifest, rules: readonly RbacRule[]): Draft[] {
  if (!rules.length || !isRole(manifest)) return [];
  return rules.flatMap(rule => rule.check(manifest).map(violation => drafted(rule, violation)));
}

/** What the rules about other objects have against a manifest; its fields may be of any type. */
export function objectDrafts(manifest: Manifest, rules: readonly ManifestRule[], minor: number, parameters: Parameters = {}): Draft[] {
  const asked = rulesAbout(manifest, rules);
  if (!asked.length) return [];
  const drafts: Draft[] = [];
  addDrafts(drafts, asked, new ManifestView(manifest, minor, parameters));
  return drafts;
}

function addDrafts(drafts: Draft[], rules: readonly ManifestRule[], view: ManifestView): void {
  for (const rule of rules) {
    for (const violation of rule.check(view)) drafts.push(drafted(rule, violation));
  }
}

/** The rules about a kind. */
interface AboutKind {
  readonly all: readonly ManifestRule[];
  /** Those that are about each object of the kind. */
  readonly always: readonly ManifestRule[];
  /** What tells whether one of the others is. */
  readonly tests: readonly NonNullable<ManifestRule['isAbout']>[];
}

const BY_KIND = new WeakMap<readonly ManifestRule[], Map<string, AboutKind>>();

/** Those of some rules that may be about a manifest: most are about few kinds, or few objects of a kind, and are asked of thousands. */
function rulesAbout(manifest: Manifest, rules: readonly ManifestRule[]): readonly ManifestRule[] {
  const { kind } = manifest;
  let byKind = BY_KIND.get(rules);
  if (!byKind) BY_KIND.set(rules, byKind = new Map());
  let about = byKind.get(kind);
  if (!about) {
    const all = rules.filter(({ kinds }) => !kinds || kinds.includes(kind));
    about = { all, always: all.filter(({ isAbout }) => !isAbout), tests: [...new Set(all.flatMap(({ isAbout }) => isAbout ?? []))] };
    // Anybody may write any kind.
    if (byKind.size < 1000) byKind.set(kind, about);
  }
  return about.tests.some(isAbout => isAbout(manifest)) ? about.all : about.always;
}

/** What the rules about manifests that belong together have against each of them. */
export function setDrafts(manifests: readonly Manifest[], rules: readonly SetRule[], parameters: Parameters = {}): Map<Manifest, Draft[]> {
  const found = new Map<Manifest, Draft[]>();
  if (!rules.length) return found;
  const set = new ManifestSet(manifests);
  for (const rule of rules) {
    for (const violation of rule.check(set, parameters)) {
      const known = found.get(violation.manifest);
      if (known) known.push(drafted(rule, violation));
      else found.set(violation.manifest, [drafted(rule, violation)]);
    }
  }
  return found;
}

/** Who reads it has the manifest before them, not the code that may have written it. */
function drafted(rule: RuleHead, violation: Violation, field = violation.field): Draft {
  const { what, container, impliedBy } = violation;
  const { id, severity, controls } = rule;
  return { rule: id, severity, controls, field, what, container, impliedBy, advice: adviceInFields(rule, violation) };
}

/** The path of a field of the pod; annotations lie beside its spec. */
function fromRoot(spec: string, field: string): string {
  if (field.startsWith('metadata.')) return spec.replace(/spec$/, '') + field;
  return field === '' ? spec : `${spec}.${field}`;
}
