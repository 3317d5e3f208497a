import { digest } from '../kube/digest';
import { Manifest } from '../kube/pod-spec';
import { Severity } from '../kube/severity';
import { sound } from '../kube/sound';
import { Waiver } from '../posture/waiver';
import { Draft, manifestDrafts, podDrafts, roleDrafts } from './draft';
import { strictestLevel } from './level';
import { MANIFEST_RULES } from './manifest';
import { Pack } from './packs';
import { Controls } from './pod-rule';
import { PodSecurityLevel } from './pod-security';
import { WAIVER_RULES, isFor, waiverDrafts } from './waiver-drafts';
import { WrittenWaiver, writtenWaivers } from './written-waivers';

/** What a judge says of one field of one object; where it stands in a file is its reader's to add. */
export interface AuditFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly object: { readonly apiVersion: string; readonly kind: string; readonly namespace: string | null; readonly name: string };
  readonly field: string;
  readonly container: string | null;
  readonly message: string;
  readonly advice: string;
  /** The same for the same finding in another version of the file: for baselines. */
  readonly fingerprint: string;
  readonly controls: { readonly [standard: string]: readonly string[] };
  readonly waiver: ShownWaiver | null;
}

/** The waiver that allows a finding, or has allowed it. */
export interface ShownWaiver {
  readonly reason: string;
  readonly owner: string;
  readonly until: string | null;
  readonly ticket: string | null;
  readonly expired: boolean;
}

/** By what a manifest is judged. */
export interface Yardstick {
  readonly pack: Pack;
  /** The minor version of Kubernetes. */
  readonly minor: number;
  /** The day that decides whether a waiver has expired. */
  readonly today: string;
}

/** A rule as reports name it. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly advice: string;
  readonly controls: AuditFinding['controls'];
}

/** Every rule that an audit by a pack may name: what the API server holds, the pack's own, and those about waivers. */
export function rulesAsked(pack: Pack): RuleText[] {
  const texts: (Omit<RuleText, 'controls'> & { readonly controls?: Controls })[] = [
    ...MANIFEST_RULES.map(rule => ({ ...rule, severity: manifestSeverity(rule, pack) })), ...pack.rules, ...pack.rbac, ...WAIVER_RULES,
  ];
  return texts.map(({ id, title, severity, advice, controls }) => ({ id, title, severity, advice, controls: shownControls(controls) }));
}

/** What is said of one manifest. */
export interface Judgement {
  readonly findings: AuditFinding[];
  /** The strictest level of the Pod Security Standards that its pod meets; undefined where it has none. */
  readonly level: PodSecurityLevel | undefined;
}

/** The findings of a judgement. */
export function audit(manifest: Manifest, yardstick: Yardstick): AuditFinding[] {
  return judge(manifest, yardstick).findings;
}

/**
 * Judges one manifest: what the API server would say first, then the pack's rules, then what is wrong with its waivers.
 * The manifest is not changed, and may be anything that has a kind.
 */
export function judge(manifest: Manifest, { pack, minor, today }: Yardstick): Judgement {
  const clean = sound(manifest);
  const ofManifest = manifestDrafts(manifest, minor).map(draft => ({ ...draft, severity: manifestSeverity(draft, pack) }));
  const drafts = [...ofManifest, ...podDrafts(clean, pack, minor), ...roleDrafts(clean, pack.rbac)];
  const { waivers, broken } = writtenWaivers(clean, today);
  const used = new Set<WrittenWaiver>();
  const object = objectOf(manifest);
  const findings = drafts.map(draft => {
    const fitting = waivers.filter(({ waiver }) => isFor(waiver, draft));
    fitting.forEach(waiver => used.add(waiver));
    const found = fitting.find(({ expired }) => !expired) ?? fitting[0];
    return finding(object, draft, found ? shownWaiver(found.waiver, found.expired) : null);
  });
  const ofWaivers = waiverDrafts(clean, pack, { waivers, used, broken }).map(draft => finding(object, draft, null));
  return { findings: [...findings, ...ofWaivers], level: strictestLevel(clean, minor) };
}

/**
 * Pod Security's verdict is its admission plugin's alone: what the API server says besides is shown under its packs,
 * for a misspelt field protects nobody, but turns no pod that is allowed into one that is not.
 */
function manifestSeverity({ severity }: { readonly severity: Severity }, { exact }: Pack): Severity {
  return exact ? Severity.WARNING : severity;
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

function finding(object: AuditFinding['object'], draft: Draft, waiver: ShownWaiver | null): AuditFinding {
  const { rule, severity, field, container = null, what, advice, controls } = draft;
  const key = [rule, object.apiVersion, object.kind, object.namespace, object.name, field.replace(/\[\d+\]/g, '[]'), container, what];
  return {
    rule, severity, object, field, container, message: what, advice,
    fingerprint: digest(JSON.stringify(key), 16),
    controls: shownControls(controls),
    waiver,
  };
}

/** A name as text, whatever stands in its place. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '').replace(/^""$/, '');
}

const NO_CONTROLS: Controls = {};
const shownOnce = new Map<Controls, AuditFinding['controls']>();

/** A rule's controls are written down once, however many findings it has. */
function shownControls(controls: Controls = NO_CONTROLS): AuditFinding['controls'] {
  const { pss, cis, checkov } = controls;
  const shown = shownOnce.get(controls) ?? { ...(pss && { pss: [pss.level] }), ...(cis && { cis: [`1.10:${cis}`] }), ...(checkov && { checkov: [checkov] }) };
  shownOnce.set(controls, shown);
  return shown;
}

function shownWaiver({ reason, owner, until, ticket }: Waiver, expired: boolean): ShownWaiver {
  return { reason, owner, until: until ?? null, ticket: ticket ?? null, expired };
}
