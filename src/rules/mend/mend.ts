import { EmbeddedPod, customWorkload, standIns } from '../../kube/embedded-pods';
import { copy, isObject } from '../../kube/json';
import { isForeign } from '../../kube/kinds';
import { Manifest } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { AuditFinding, audit } from '../audit';
import { PACKS } from '../packs';
import { MendLine, MendOptions, Remedied, remedy } from './remedy';

/** What mending makes of a manifest. */
export interface Mended {
  /** What is to be written: everything that was not mended stands as it did. */
  readonly manifest: Manifest;
  readonly changes: readonly MendLine[];
  readonly assumptions: readonly MendLine[];
  /** What only a person can decide. */
  readonly left: readonly MendLine[];
}

/** One pod of a manifest, and what remedies make of it. */
interface Part {
  readonly outcome: Remedied | readonly MendLine[];
  /** The field of the manifest below which the pod lies; '' where it is the manifest's own. */
  readonly place: string;
  /** The field of the manifest that one of the outcome's is. */
  fieldOf(field: string): string;
}

/** What custom resources are told, where they are judged and not mended. */
const KEPT = {
  own: 'its controller adds to this pod, and may need what a remedy takes away',
  unknown: 'what its controller makes of this pod is not known here',
};

/**
 * Mends somebody else's manifest: by the remedies and rules of hardening, each of them where it breaks nothing, or where
 * what it needs is known or may be assumed. Of custom resources those are mended whose controllers take a pod as it stands;
 * the others are judged. Pure. What has no pod comes back as it is.
 */
export function mend(written: Manifest, options: MendOptions): Mended {
  const { manifest, parts } = remedied(written, options);
  const changes = parts.flatMap(part => linesOf(part, ({ changes: its }) => its));
  if (!parts.length) return { manifest: written, changes, assumptions: [], left: keptOf(written, options) };
  const hindered = parts.flatMap(({ outcome, fieldOf }) => isRemedied(outcome) ? [] : outcome.map(line => ({ ...line, field: fieldOf(line.field) })));
  const assumptions = parts.flatMap(part => linesOf(part, assumptionsOf));
  return { manifest, changes, assumptions, left: [...hindered, ...leftOf(manifest, options, parts)] };
}

/** The manifest mended, without a word on what is left; undefined where nothing is mended. */
export function mended(written: Manifest, options: MendOptions): Manifest | undefined {
  const { manifest, parts } = remedied(written, options);
  return parts.some(({ outcome }) => isRemedied(outcome) && outcome.changes.length) ? manifest : undefined;
}

function remedied(written: Manifest, options: MendOptions): { manifest: Manifest; parts: readonly Part[] } {
  if (isForeign(written.apiVersion)) return remediedInside(written, options);
  const outcome = remedy(written, options);
  if (isRemedied(outcome)) return { manifest: outcome.manifest, parts: [{ outcome, place: '', fieldOf: field => field }] };
  return { manifest: written, parts: outcome.length ? [{ outcome, place: '', fieldOf: field => field }] : [] };
}

/** The same for the pods that an object of another's kind embeds, if its controller takes them as they stand. */
function remediedInside(written: Manifest, options: MendOptions): { manifest: Manifest; parts: readonly Part[] } {
  if (customWorkload(written)?.templates !== 'whole') return { manifest: written, parts: [] };
  const manifest = copy(written);
  const parts = standIns(manifest).map(({ manifest: standIn, pod, fieldOf }): Part => {
    const outcome = remedy(standIn, options);
    if (isRemedied(outcome) && outcome.changes.length) replace(pod, outcome.manifest);
    return { outcome, place: pod.field, fieldOf };
  });
  return { manifest, parts };
}

function replace({ holder }: EmbeddedPod, { spec, template }: Manifest): void {
  Object.assign(holder, template ?? spec?.template);
}

function isRemedied(outcome: Part['outcome']): outcome is Remedied {
  return !Array.isArray(outcome);
}

function linesOf({ outcome, fieldOf }: Part, lines: (its: Remedied) => readonly MendLine[]): MendLine[] {
  return isRemedied(outcome) ? lines(outcome).map(line => ({ ...line, field: fieldOf(line.field) })) : [];
}

/** The assumptions behind what was changed. */
function assumptionsOf({ pod, plan, changes }: Remedied): MendLine[] {
  const changed = new Set(changes.map(({ rule }) => rule));
  const assumed = plan.assumed.filter(({ rule }) => changed.has(rule));
  // What several rules assume is said once.
  const once = assumed.filter(({ what }, i) => assumed.findIndex(other => other.what === what) === i);
  return once.map(({ rule, container, what }) => {
    const placed = pod.containers.find(other => other.container.name === container);
    return { field: placed ? `${pod.field}.${placed.field}.image` : pod.field, what: `assumed that ${what}`, rule };
  });
}

/** The errors that are left; where it is known why, that is said. */
function leftOf(manifest: Manifest, options: MendOptions, parts: readonly Part[]): MendLine[] {
  return errorsOf(manifest, options).map(({ field, message, rule, container, advice }) => {
    const part = parts.find(({ place, outcome }) => isRemedied(outcome) && (place === '' || field.startsWith(`${place}.`)));
    const why = part && isRemedied(part.outcome) ? part.outcome.plan.why(rule, container ?? undefined) : undefined;
    return { field, what: `left for a person: ${message}`, rule, advice: why ?? advice };
  });
}

/** The errors of a custom resource that is judged alone, in one line. */
function keptOf(written: Manifest, options: MendOptions): MendLine[] {
  const [first] = standIns(written);
  const errors = first ? errorsOf(written, options) : [];
  if (!errors.length) return [];
  const rules = [...new Set(errors.map(({ rule }) => rule))].sort();
  return [{
    field: first.pod.field,
    what: `left as it is: ${customWorkload(written) ? KEPT.own : KEPT.unknown}. ${errors.length === 1 ? 'One error' : `${errors.length} errors`} (${rules.join(', ')})`,
    rule: 'fix-custom-resource',
    advice: 'See them with cdk8s-hardened check, and mend them where this is written.',
  }];
}

/** What is wrong with a manifest, but for what somebody has waived. */
function errorsOf(manifest: Manifest, { minor, today }: MendOptions): AuditFinding[] {
  const [pack] = PACKS;
  return audit(isObject(manifest.metadata) ? manifest : { ...manifest, metadata: {} }, { pack, minor, today })
    .filter(({ severity, waiver }) => severity === Severity.ERROR && !(waiver && !waiver.expired));
}
