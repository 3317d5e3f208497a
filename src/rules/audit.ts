import { digest } from '../kube/digest';
import { copy } from '../kube/json';
import { podPart } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { Severity } from '../kube/severity';
import { Posture } from '../posture/posture';
import { PROFILES } from '../posture/profiles';
import { Waiver } from '../posture/waiver';
import { BUILT_IN } from '../posture/workload-defaults';
import { sound } from '../kube/sound';
import { Knowledge } from './knowledge';
import { Pack } from './packs';
import { Controls, PodView, breaches } from './pod-rule';
import { writtenWaivers } from './written-waivers';

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
  readonly waiver: { readonly reason: string; readonly owner: string; readonly until: string | null; readonly ticket: string | null; readonly expired: boolean } | null;
}

/** By what a manifest is judged. */
export interface Yardstick {
  readonly pack: Pack;
  /** The minor version of Kubernetes. */
  readonly minor: number;
  /** The day that decides whether a waiver has expired. */
  readonly today: string;
}

/** A breach on its way to becoming a finding. */
interface Draft {
  readonly rule: string;
  readonly severity: Severity;
  readonly field: string;
  readonly container?: string;
  readonly what: string;
  readonly advice: string;
  readonly controls?: Controls;
  readonly impliedBy?: string;
}

/** Judges one manifest. The manifest is not changed, and may be anything that has a kind. */
export function audit(manifest: Manifest, { pack, minor, today }: Yardstick): AuditFinding[] {
  const clean = sound(copy(manifest));
  const drafts = podDrafts(clean, pack, minor);
  const { waivers, broken } = writtenWaivers(clean, today);
  const used = new Set<object>();
  const findings = drafts.map(draft => {
    const fitting = waivers.filter(({ waiver }) => (waiver.rule === draft.rule || waiver.rule === draft.impliedBy)
      && (waiver.container === undefined || waiver.container === draft.container));
    fitting.forEach(waiver => used.add(waiver));
    const found = fitting.find(({ expired }) => !expired) ?? fitting[0];
    return finding(clean, draft, found && shown(found.waiver, found.expired));
  });
  const known = new Set(pack.rules.map(({ id }) => id));
  const others: Draft[] = [
    ...broken.map(({ field, what }) => ({ rule: 'waiver-invalid', field, what, advice: 'Write reason and owner as JSON: {"reason":"…","owner":"…"}.' })),
    ...waivers.filter(({ expired }) => expired).map(({ waiver, field }) => ({
      rule: 'waiver-expired', field, what: `the waiver of '${waiver.rule}' expired on ${waiver.until}`, advice: `Mend what it was for, or have ${waiver.owner} extend it.`,
    })),
    // A waiver of a rule that this pack does not ask says nothing here.
    ...waivers.filter(waiver => !used.has(waiver) && known.has(waiver.waiver.rule)).map(({ waiver, field }) => ({
      rule: 'waiver-unmatched', field, what: `nothing here needs the waiver of '${waiver.rule}'`, advice: 'Remove it.',
    })),
  ].map(draft => ({ ...draft, severity: Severity.ERROR }));
  return [...findings, ...others.map(draft => finding(clean, draft, null))];
}

function podDrafts(manifest: Manifest, pack: Pack, minor: number): Draft[] {
  const part = podPart(manifest);
  if (!part) return [];
  const posture: Posture = { ...BUILT_IN, where: '', today: '', kubernetesMinor: minor, profiles: PROFILES, mirrors: {}, waivers: [] };
  const pod = new PodView(part.spec, part.meta, part.field, manifest.kind);
  const knowledge = new Knowledge(posture, {}, [minor], !pack.exact);
  const found = pack.rules.flatMap(rule => breaches(rule, pod, knowledge).map(violation => ({ rule, violation })));
  const overridden = new Set(found.map(({ rule }) => rule.controls?.pss?.overrides).filter(control => control !== undefined));
  return found
    .filter(({ rule }) => !(rule.controls?.pss && overridden.has(rule.controls.pss.control)))
    .map(({ rule, violation: { field, what, advice, container, impliedBy } }) => ({
      rule: rule.id,
      severity: rule.severity,
      field: field.startsWith('metadata.') ? part.field.replace(/spec$/, '') + field : `${part.field}.${field}`,
      container,
      what,
      advice: advice ?? rule.advice,
      controls: rule.controls,
      impliedBy,
    }));
}

function finding(manifest: Manifest, draft: Draft, waiver: AuditFinding['waiver'] | undefined): AuditFinding {
  const { apiVersion, kind, metadata: { name, namespace } } = manifest;
  const object = { apiVersion: String(apiVersion), kind: String(kind), namespace: namespace === undefined ? null : String(namespace), name: String(name ?? '') };
  const { rule, severity, field, container = null, what, advice, controls } = draft;
  const key = [rule, object.apiVersion, object.kind, object.namespace, object.name, field.replace(/\[\d+\]/g, '[]'), container, what];
  return {
    rule, severity, object, field, container, message: what, advice,
    fingerprint: digest(JSON.stringify(key), 16),
    controls: shownControls(controls),
    waiver: waiver ?? null,
  };
}

function shownControls(controls: Controls | undefined): AuditFinding['controls'] {
  return {
    ...(controls?.pss && { pss: [controls.pss.level] }),
    ...(controls?.cis && { cis: [`1.10:${controls.cis}`] }),
    ...(controls?.checkov && { checkov: [controls.checkov] }),
  };
}

function shown({ reason, owner, until, ticket }: Waiver, expired: boolean): AuditFinding['waiver'] {
  return { reason, owner, until: until ?? null, ticket: ticket ?? null, expired };
}
