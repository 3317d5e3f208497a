import { copy } from '../../kube/json';
import { podPart } from '../../kube/kinds';
import { Manifest } from '../../kube/pod-spec';
import { sound } from '../../kube/sound';
import { Waiver } from '../../posture/waiver';
import { ControlBreach, podSecurity } from '../pod-security';
import { writtenWaivers } from '../written-waivers';

/** A breach of Pod Security that keeps a pod out of a level. */
export interface Hindrance {
  /** The id of the rule that holds the control. */
  readonly rule: string;
  readonly title: string;
  /** The lowest level that forbids it. */
  readonly level: 'baseline' | 'restricted';
  /** The field path from the root of the manifest. */
  readonly field: string;
  readonly what: string;
  /** The waiver in force that the manifest carries for it. */
  readonly waiver?: Waiver;
}

/**
 * What keeps the pod of a manifest from `restricted` in one minor version of Kubernetes, as its admission plugin
 * says it. The manifest is not changed, and may come from anybody.
 *
 * @param today the day that decides whether a waiver has expired
 */
export function hindrances(manifest: Manifest, minor: number, today: string): Hindrance[] {
  if (!podPart(manifest)) return [];
  const clean = sound(copy(manifest));
  const strict = podSecurity(clean, 'restricted', minor);
  if (!strict.length) return [];
  const lower = podSecurity(clean, 'baseline', minor);
  const ofLower = new Set(lower.map(({ rule }) => rule.id));
  const all: Levelled[] = [
    ...lower.map(breach => ({ ...breach, level: 'baseline' as const })),
    ...strict.filter(({ rule }) => !ofLower.has(rule.id)).map(breach => ({ ...breach, level: 'restricted' as const })),
  ];
  const waivers = writtenWaivers(clean, today).waivers.filter(({ expired }) => !expired).map(({ waiver }) => waiver);
  const spec = podPart(clean)!.field;
  return all.filter(breach => !isSaid(breach, all)).map(breach => hindrance(breach, breach.level, spec, waivers));
}

/** A breach, and the lowest level that forbids it. */
type Levelled = ControlBreach & Pick<Hindrance, 'level'>;

/** Tells whether another breach speaks of the same thing, and no later. */
function isSaid({ level, violation: { impliedBy, container } }: Levelled, all: readonly Levelled[]): boolean {
  return impliedBy !== undefined && all.some(other => other.rule.id === impliedBy
    && (other.level === 'baseline' || other.level === level)
    && (other.violation.container === undefined || other.violation.container === container));
}

function hindrance({ rule, violation }: ControlBreach, level: Hindrance['level'], spec: string, waivers: readonly Waiver[]): Hindrance {
  const { field, what, container, impliedBy } = violation;
  const waiver = waivers.find(granted => (granted.rule === rule.id || granted.rule === impliedBy)
    && (granted.container === undefined || granted.container === container));
  const path = field.startsWith('metadata.') ? spec.replace(/spec$/, '') + field : [spec, field].filter(part => part).join('.');
  return { rule: rule.id, title: rule.title, level, field: path, what, ...(waiver && { waiver }) };
}
