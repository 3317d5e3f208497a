import { Problem } from '../kube/reading/problem';
import { ReadObject } from '../kube/reading/read';
import { AuditFinding, JudgedWaiver, RuleText } from '../rules/audit';
import { Fix } from '../rules/mend/fixes';
import { PodSecurityLevel } from '../rules/pod-security';

/** Where a finding stands; lines and columns counted from 1, the end is the first column behind it. */
export interface Source {
  /** The file as it was named, or `-`. */
  readonly file: string;
  /** Which document of the file, counted from 0. */
  readonly document: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The path of the construct that wrote the object, where that is known. */
  readonly construct: string | null;
}

/** A finding and where it stands. */
export interface PlacedFinding extends AuditFinding {
  readonly source: Source;
  /** Whether the baseline has it. @default - it was held against none */
  readonly isKnown?: boolean;
  /** Finds what would mend it, for formats that show that. @default - nobody has asked */
  readonly fix?: () => Fix | undefined;
}

/** A waiver, whom it is for, and where it stands. */
export interface PlacedWaiver extends JudgedWaiver {
  readonly object: AuditFinding['object'];
  readonly source: Source;
}

/** How many of what. */
export interface Summary {
  readonly objects: number;
  /** Findings that no waiver in force allows, and that the baseline has not. */
  readonly errors: number;
  readonly warnings: number;
  readonly waived: number;
  /** Findings that the baseline has. @default - they were held against none */
  readonly known?: number;
}

/** A finding that was accepted as it was; of a list of fingerprints nothing else is known. */
export interface Accepted {
  readonly fingerprint: string;
  readonly rule: string | null;
  readonly object: AuditFinding['object'] | null;
  readonly field: string | null;
  readonly container: string | null;
  readonly message: string | null;
  readonly file: string | null;
}

/** By what was judged. */
export interface Asked {
  readonly pack: string;
  /** `1.37` */
  readonly kubernetes: string;
  /** Every rule that may be named. */
  readonly rules: readonly RuleText[];
}

/** Everything that `check` has to say; each renderer writes it in a format of its own. */
export interface CheckAnswer extends Asked {
  readonly summary: Summary;
  readonly problems: readonly Problem[];
  readonly findings: readonly PlacedFinding[];
  /** The waivers that were read, in force or not. */
  readonly waivers: readonly PlacedWaiver[];
  /** The objects with a pod, by the strictest level of the Pod Security Standards that each meets. */
  readonly levels: Levels;
  /** What the baseline has, and is not found any more. @default - there is no baseline */
  readonly gone?: readonly Accepted[];
  /** What was judged, for formats that name what is clean, too. */
  readonly judged: readonly ReadObject[];
}

/** How many pods meet which level at the most. */
export type Levels = { readonly [level in PodSecurityLevel]?: number };

/** What an answer may have besides. */
interface Besides {
  readonly levels?: Levels;
  readonly waivers?: readonly PlacedWaiver[];
}

/** Sorts and counts. */
export function answerOf(
  asked: Asked, judged: readonly ReadObject[], findings: readonly PlacedFinding[], problems: readonly Problem[], besides: Besides = {},
): CheckAnswer {
  return {
    ...asked,
    summary: summaryOf(judged.length, findings),
    problems: [...problems].sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.message, b.message)),
    findings: [...findings].sort(byPlace),
    levels: besides.levels ?? {},
    waivers: besides.waivers ?? [],
    judged,
  };
}

/** Counts what became of findings. */
export function summaryOf(objects: number, findings: readonly PlacedFinding[]): Summary {
  const count = (state: State) => findings.filter(finding => stateOf(finding) === state).length;
  const known = count('known');
  const isHeld = findings.some(({ isKnown }) => isKnown !== undefined);
  return { objects, errors: count('error'), warnings: count('warning'), waived: count('waived'), ...(isHeld && { known }) };
}

/** Tells whether a waiver in force allows it. */
export function isWaived({ waiver }: AuditFinding): boolean {
  return waiver !== null && !waiver.expired;
}

/** What became of a finding. */
export type State = 'error' | 'warning' | 'waived' | 'known';

/** What became of a finding: a waiver in force stands before the baseline, and that before its severity. */
export function stateOf(finding: PlacedFinding): State {
  return isWaived(finding) ? 'waived' : finding.isKnown ? 'known' : finding.severity;
}

/** Whom a finding is about: `Deployment shop/web`. */
export function subjectOf({ kind, namespace, name }: AuditFinding['object']): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name || '?'}`;
}

/** Who allows a finding, and why: `Waived by team-a until 2027-01-31, SEC-1: loads a module`. */
export function waivedBy({ owner, until, ticket, reason }: NonNullable<AuditFinding['waiver']>): string {
  return `Waived by ${owner}${until ? ` until ${until}` : ''}${ticket ? `, ${ticket}` : ''}: ${reason}`;
}

function byPlace(a: PlacedFinding, b: PlacedFinding): number {
  return compare(a.source.file, b.source.file) || a.source.line - b.source.line || compare(a.rule, b.rule)
    || a.source.document - b.source.document || a.source.column - b.source.column
    || compare(a.field, b.field) || compare(a.container ?? '', b.container ?? '') || compare(a.message, b.message);
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
