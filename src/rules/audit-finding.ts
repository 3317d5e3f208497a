import { digest } from '../kube/digest';
import { remembered } from '../kube/remembered';
import { Severity } from '../kube/severity';
import { ShownControls, standards } from './controls';
import type { Draft } from './draft';

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
  readonly controls: ShownControls;
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

/** A field of whichever items of lists: they move from version to version. */
const anyItem = remembered(field => field.replace(/\[\d+\]/g, '[]'));
const quoted = remembered(text => JSON.stringify(text), 10_000);

function asJson(text: string | null): string {
  return text === null ? 'null' : quoted(text);
}

/** How many texts are kept to be shared. */
const MOST_SHARED = 20_000;
const shared = new Map<string, string>();

/**
 * A finding as it is kept: of a cluster there are hundreds of thousands at a time. All have one shape, say the same of
 * thousands of pods in the same texts, and work out their fingerprint where it is shown.
 */
export class JudgedFinding implements AuditFinding {
  public readonly rule: string;
  public readonly severity: Severity;
  public readonly field: string;
  public readonly container: string | null;
  public readonly message: string;
  public readonly advice: string;
  public readonly controls: ShownControls;
  private digested: string | undefined;

  constructor(public readonly object: AuditFinding['object'], draft: Draft, public readonly waiver: ShownWaiver | null) {
    const { rule, severity, field, container = null, what, advice, controls } = draft;
    this.rule = rule;
    this.severity = severity;
    this.field = once(field);
    this.container = container;
    this.message = once(what);
    this.advice = once(advice);
    this.controls = standards(controls);
  }

  /** Most formats show none. */
  public get fingerprint(): string {
    const { rule, object: { apiVersion, kind, namespace, name }, field, container, message } = this;
    // As JSON writes the list of them.
    return this.digested ??= digest(`[${[rule, apiVersion, kind, namespace, name, anyItem(field), container, message].map(asJson).join()}]`, 16);
  }
}

/** The same text as one that was said before, so that it is in memory once. */
function once(text: string): string {
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size >= MOST_SHARED) shared.clear();
  shared.set(text, text);
  return text;
}
