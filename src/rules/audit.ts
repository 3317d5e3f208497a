import { isObject } from '../kube/json';
import { podHolder } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { isPlain } from '../kube/schema/validate';
import { Severity } from '../kube/severity';
import { sound } from '../kube/sound';
import type { Posture } from '../posture/posture';
import { PROFILES } from '../posture/profiles';
import { Waiver } from '../posture/waiver';
import type { Alike, AlikeManifests } from './alike-manifests';
import { AuditFinding, JudgedFinding, ShownWaiver } from './audit-finding';
import { ShownControls, allControls } from './controls';
import { Draft, setDrafts } from './draft';
import { strictestLevel } from './level';
import { MANIFEST_RULES } from './manifest';
import { Looked, alikeDrafts, packDrafts } from './pack-drafts';
import { RulePack, rulesIn } from './packs';
import type { Parameters } from './parameters';
import { PodSecurityLevel } from './pod-security';
import { Controls, RuleHead } from './rule';
import { WAIVER_RULES, isFor, waiverDrafts } from './waiver-drafts';
import { WrittenWaiver, writtenWaivers } from './written-waivers';

export type { AuditFinding, ShownWaiver } from './audit-finding';

/** By what a manifest is judged. */
export interface Yardstick {
  readonly pack: RulePack;
  /** The minor version of Kubernetes. */
  readonly minor: number;
  /** The day that decides whether a waiver has expired. */
  readonly today: string;
  /** What the organisation decided for rules that cannot know it. @default - nothing */
  readonly parameters?: Parameters;
  /** What is decided where the manifest is written. @default - nothing: it is all that is known */
  readonly posture?: Posture;
  /** What was said of other manifests under the same pack and parameters. @default - each is asked about by itself */
  readonly alike?: AlikeManifests;
  /** The rules about pods that have spoken already: they are not asked again. @default - none */
  readonly spoken?: readonly string[];
}

/** A rule as reports name it. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly advice: string;
  readonly controls: ShownControls;
}

/** Every rule that an audit by a pack may name: what the API server holds, the pack's own, and those about waivers. */
export function rulesAsked(pack: RulePack): RuleText[] {
  const asked: readonly RuleHead[] = [
    ...MANIFEST_RULES.filter(({ id }) => !pack.off?.has(id)),
    ...rulesIn(pack),
    ...WAIVER_RULES,
  ];
  return asked.map(({ id, title, severity, advice, controls }) => (
    new AskedRule(id, title, severityOf({ rule: id, severity }, pack), advice, controls)
  ));
}

/** Most formats name no rules, and none but SARIF what others call them. */
class AskedRule implements RuleText {
  constructor(
    public readonly id: string,
    public readonly title: string,
    public readonly severity: Severity,
    public readonly advice: string,
    private readonly known?: Controls,
  ) {}

  public get controls(): ShownControls {
    return allControls(this.known);
  }
}

/** What is said of one manifest. */
export interface Judgement {
  readonly findings: readonly AuditFinding[];
  /** Its waivers, and what each of them is for. */
  readonly waivers: readonly JudgedWaiver[];
  /** Works out the strictest level of the Pod Security Standards that its pod meets; undefined where it has none. */
  level(): PodSecurityLevel | undefined;
}

/** A waiver that stands in a manifest, and what it allows, or has allowed. */
export interface JudgedWaiver extends WrittenWaiver {
  readonly allows: readonly AuditFinding[];
}

/** The findings of a judgement. */
export function audit(manifest: Manifest, yardstick: Yardstick): readonly AuditFinding[] {
  return judge(manifest, yardstick).findings;
}

/** What manifests show only beside each other, by the manifest that it is about. */
export class Across extends Map<Manifest, readonly Draft[]> {
  private readonly looked = new Map<Manifest, Looked>();

  /** @param yardstick by what the manifests are judged, or most of them */
  constructor(private readonly yardstick: Yardstick) {
    super();
  }

  /** What is known of a manifest: worked out once for all judges. It must not change from then on. */
  public look(manifest: Manifest): Looked {
    const { alike, minor } = this.yardstick;
    if (alike?.like(manifest)?.isSound) return { clean: manifest };
    const known = this.looked.get(manifest) ?? lookedThrough(manifest, minor);
    this.looked.set(manifest, known);
    return known;
  }

  /** Lets go of a manifest. */
  public forget(manifest: Manifest): void {
    this.delete(manifest);
    this.looked.delete(manifest);
    this.yardstick.alike?.forget(manifest);
  }
}

/** What the schema has nothing against has every type that it should have, but a pod template may lack the metadata that judges rely on. */
function lookedThrough(manifest: Manifest, minor: number): Looked {
  if (!isPlain(manifest, minor)) return { clean: sound(manifest) };
  const { holder } = podHolder(manifest) ?? {};
  return { clean: holder && !isObject(holder.metadata) ? sound(manifest) : manifest, faultlessFor: minor };
}

/** What manifests show only beside each other: to be handed to `judge` with each of them, so that its waivers hold for it, too. */
export function lookAcross(manifests: readonly Manifest[], yardstick: Yardstick): Across {
  const { pack, parameters } = yardstick;
  const across = new Across(yardstick);
  if (!pack.sets.length) return across;
  const clean = manifests.map(manifest => across.look(manifest).clean);
  const found = setDrafts(clean, pack.sets, parameters);
  manifests.forEach((manifest, i) => {
    const drafts = found.get(clean[i]);
    if (drafts) across.set(manifest, drafts);
  });
  return across;
}

/**
 * Judges one manifest: what the API server would say first, then the pack's rules, then what is wrong with its waivers.
 * The manifest is not changed, and may be anything that has a kind.
 *
 * @param across what was found of it beside others
 * @param looked what is known of it
 */
export function judge(
  manifest: Manifest, yardstick: Yardstick, across: readonly Draft[] = [], looked: Looked = { clean: sound(manifest) },
): Judgement {
  const { clean } = looked;
  const { today, minor, pack, alike } = yardstick;
  const like = alike?.like(manifest);
  const drafts = draftsOf(manifest, looked, yardstick, across, like);
  const levelOf = (its: Manifest) => strictestLevel(its, minor);
  const level = () => like ? like.said(`level ${minor}`, its => levelOf(sound(its))) : levelOf(clean);
  const written = like?.said('waivers', its => hasWaivers(writtenWaivers(sound(its), today))) === false ? undefined : writtenWaivers(clean, today);
  // Of thousands of objects few have a waiver.
  if (!written || !hasWaivers(written)) return { findings: judgedFindings(manifest, drafts), waivers: NO_WAIVERS, level };
  return { ...judgedWith(written, objectOf(manifest), drafts, clean, pack), level };
}

const NO_WAIVERS: readonly JudgedWaiver[] = [];
const NO_FINDINGS: readonly AuditFinding[] = [];

function hasWaivers({ waivers, broken }: ReturnType<typeof writtenWaivers>): boolean {
  return waivers.length > 0 || broken.length > 0;
}

function judgedFindings(manifest: Manifest, drafts: readonly Draft[]): readonly AuditFinding[] {
  if (!drafts.length) return NO_FINDINGS;
  const object = objectOf(manifest);
  return drafts.map(draft => new JudgedFinding(object, draft, null));
}

/** What all rules of a pack have against a manifest, with the severities that an organisation has decided. */
function draftsOf(manifest: Manifest, looked: Looked, yardstick: Yardstick, across: readonly Draft[], like?: Alike): readonly Draft[] {
  const { pack, posture } = yardstick;
  const own = like && isUsual(posture) ? alikeDrafts(like, manifest, looked, yardstick) : packDrafts(manifest, looked, yardstick);
  const drafts = across.length ? [...own, ...across] : own;
  return pack.exact || pack.severities ? drafts.map(draft => ({ ...draft, severity: severityOf(draft, pack) })) : drafts;
}

/** What images need is decided otherwise from scope to scope. */
function isUsual(posture: Posture | undefined): boolean {
  return !posture || (posture.profiles === PROFILES && !Object.keys(posture.mirrors).length);
}

function judgedWith(
  { waivers, broken }: ReturnType<typeof writtenWaivers>, object: AuditFinding['object'], drafts: readonly Draft[], clean: Manifest, pack: RulePack,
): Omit<Judgement, 'level'> {
  const used = new Map<WrittenWaiver, AuditFinding[]>();
  const findings = drafts.map(draft => {
    const fitting = waivers.filter(({ waiver }) => isFor(waiver, draft));
    const found = fitting.find(({ expired }) => !expired) ?? fitting[0];
    const judged = new JudgedFinding(object, draft, found ? shownWaiver(found.waiver, found.expired) : null);
    for (const waiver of fitting) {
      const allows = used.get(waiver);
      if (allows) allows.push(judged);
      else used.set(waiver, [judged]);
    }
    return judged;
  });
  const ofWaivers = waiverDrafts(clean, pack, { waivers, used, broken }).map(draft => new JudgedFinding(object, draft, null));
  return { findings: [...findings, ...ofWaivers], waivers: waivers.map(waiver => ({ ...waiver, allows: used.get(waiver) ?? [] })) };
}

const OF_ANY_PACK: ReadonlySet<string> = new Set(MANIFEST_RULES.map(({ id }) => id));

/**
 * What an organisation has decided goes before what a rule says. Pod Security's verdict is its admission plugin's alone: what the
 * API server says besides is shown under its packs, for a misspelt field protects nobody, but turns no pod that is allowed into one that is not.
 */
function severityOf({ rule, severity }: Pick<Draft, 'rule' | 'severity'>, { exact, severities }: RulePack): Severity {
  return severities?.get(rule) ?? (exact && OF_ANY_PACK.has(rule) ? Severity.WARNING : severity);
}

/** Whom findings are about: said once for all of them. */
export function objectOf({ apiVersion, kind, metadata: { name, namespace } }: Manifest): AuditFinding['object'] {
  return {
    apiVersion: text(apiVersion),
    kind: text(kind),
    namespace: namespace === undefined || namespace === null ? null : text(namespace),
    name: text(name),
  };
}

/** A name as text, whatever stands in its place. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '').replace(/^""$/, '');
}

function shownWaiver({ reason, owner, until, ticket }: Waiver, expired: boolean): ShownWaiver {
  return { reason, owner, until: until ?? null, ticket: ticket ?? null, expired };
}
