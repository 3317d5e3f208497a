import { didYouMean } from '../kube/faults';
import { Manifest } from '../kube/pod-spec';
import { Severity } from '../kube/severity';
import { NEWEST_KUBERNETES, OLDEST_KUBERNETES, minorOf } from '../kube/versions';
import { UNENFORCED } from '../posture/cluster-facts';
import { Waiver } from '../posture/waiver';
import { Draft, manifestDrafts, objectDrafts, podDrafts, roleDrafts } from './draft';
import { MANIFEST_RULES } from './manifest';
import { PACKS, RulePack, rulesIn } from './packs';
import { BrokenWaiver, WrittenWaiver } from './written-waivers';

/** What can be wrong with the waivers themselves. */
export const WAIVER_RULES = [
  {
    id: 'waiver-invalid',
    title: 'Every waiver says why and who answers for it',
    severity: Severity.ERROR,
    advice: 'Write reason and owner as JSON: {"reason":"…","owner":"…"}.',
  },
  {
    id: 'waiver-expired',
    title: 'No waiver has expired',
    severity: Severity.ERROR,
    advice: 'Mend what it was for, or have its owner extend it.',
  },
  {
    id: 'waiver-unmatched',
    title: 'Every waiver is needed',
    severity: Severity.ERROR,
    advice: 'Remove it.',
  },
] as const;
const [INVALID, EXPIRED, UNMATCHED] = WAIVER_RULES;

/** The pack that has every rule. */
const [ALL] = PACKS;

/** Every rule that a waiver can be for; the last one is judged where the cluster is known, when the manifest is written. */
const WAIVABLE: readonly string[] = [...[...rulesIn(ALL), ...MANIFEST_RULES].map(({ id }) => id), UNENFORCED];

const MINORS = Array.from({ length: minorOf(NEWEST_KUBERNETES)! - minorOf(OLDEST_KUBERNETES)! + 1 }, (_, i) => minorOf(OLDEST_KUBERNETES)! + i);

/** Tells whether a waiver is for a breach. */
export function isFor({ rule, container }: Waiver, breach: Draft): boolean {
  return (rule === breach.rule || rule === breach.impliedBy) && (container === undefined || container === breach.container);
}

/** The waivers of a manifest, and which of them were for a breach. */
export interface Written {
  readonly waivers: readonly WrittenWaiver[];
  readonly used: Pick<ReadonlySet<WrittenWaiver>, 'has'>;
  readonly broken: readonly BrokenWaiver[];
}

/** What is wrong with the waivers of a manifest: no waiver, no longer one, or not needed. */
export function waiverDrafts(sound: Manifest, pack: RulePack, { waivers, used, broken }: Written): Draft[] {
  return [
    ...broken.map(({ field, what, advice }) => draft(INVALID, field, what, advice)),
    ...waivers.filter(({ expired }) => expired).map(({ waiver: { rule, until, owner }, field }) => (
      draft(EXPIRED, field, `the waiver of '${rule}' expired on ${until}`, `Mend what it was for, or have ${owner} extend it.`)
    )),
    ...waivers.filter(waiver => !used.has(waiver)).flatMap(({ waiver, field }) => {
      const { rule } = waiver;
      const ofPack = rulesIn(pack).some(({ id }) => id === rule);
      // Of a rule of somebody's own it is not known what it says elsewhere.
      if (ofPack && !WAIVABLE.includes(rule)) return [draft(UNMATCHED, field, unneeded(waiver))];
      if (!WAIVABLE.includes(rule)) {
        return [draft(UNMATCHED, field, `the waiver of '${rule}' is for no rule that there is`, didYouMean(rule, WAIVABLE))];
      }
      if (!isAsked(rule, pack) || isAcross(rule) || isNeededAnywhere(waiver, sound)) return [];
      return [draft(UNMATCHED, field, unneeded(waiver))];
    }),
  ];
}

function unneeded({ rule, container }: Waiver): string {
  return `nothing here needs the waiver of '${rule}'${container ? ` for container '${container}'` : ''}`;
}

/** A waiver of a rule that a pack does not ask says nothing under this pack. */
function isAsked(rule: string, pack: RulePack): boolean {
  return [...rulesIn(pack), ...MANIFEST_RULES].some(({ id }) => id === rule);
}

/** What a manifest shows only beside others may need its waiver where those are read, too. */
function isAcross(rule: string): boolean {
  return ALL.sets.some(({ id }) => id === rule);
}

/**
 * What was written for several versions of Kubernetes may need a waiver on one of them only, and what was
 * written more strictly than Pod Security asks may need one that Pod Security does not.
 */
function isNeededAnywhere(waiver: Waiver, sound: Manifest): boolean {
  if (roleDrafts(sound, ALL.rbac).some(found => isFor(waiver, found))) return true;
  return MINORS.some(minor => [true, false].some(exact => podDrafts(sound, { rules: ALL.pods, exact }, minor).some(found => isFor(waiver, found)))
    || manifestDrafts(sound, minor).some(found => isFor(waiver, found))
    || objectDrafts(sound, ALL.objects, minor).some(found => isFor(waiver, found)));
}

function draft({ id, severity, advice }: typeof WAIVER_RULES[number], field: string, what: string, better?: string): Draft {
  return { rule: id, severity, field, what, advice: better ?? advice };
}
