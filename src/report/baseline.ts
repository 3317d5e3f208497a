import { Json, JsonObject, isObject } from '../kube/json';
import { Accepted, CheckAnswer, PlacedFinding, isWaived, summaryOf } from './answer';
import { plainJson } from './plain';

/** A text that is no baseline; the message is what is wrong with it. */
export class NoBaseline extends Error {}

const FINGERPRINT = /^[0-9a-f]{16}$/;
const UNKNOWN = { rule: null, object: null, field: null, container: null, message: null, file: null };

/** Reads a baseline: JSON as `check` writes it, or a list of fingerprints, one a line. */
export function baselineIn(text: string): Accepted[] {
  const start = text.trimStart();
  if (start === '') throw new NoBaseline('it is empty');
  return start.startsWith('{') ? findingsIn(start) : linesIn(text);
}

function findingsIn(text: string): Accepted[] {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new NoBaseline(`it is not JSON (${(error as Error).message})`);
  }
  const findings = isObject(value) ? value.findings : undefined;
  if (!Array.isArray(findings)) throw new NoBaseline('it has no list of findings');
  return findings.flatMap((item, i) => {
    const fingerprint = isObject(item) ? item.fingerprint : undefined;
    if (typeof fingerprint !== 'string' || !FINGERPRINT.test(fingerprint)) throw new NoBaseline(`findings[${i}] has no fingerprint of 16 hexadecimal digits`);
    return isAllowed(item as JsonObject) ? [] : [acceptedIn(item as JsonObject, fingerprint)];
  });
}

/** What a waiver allows nobody has accepted: without the waiver it is new. */
function isAllowed({ waiver }: JsonObject): boolean {
  return isObject(waiver) && waiver.expired !== true;
}

/** Only for people: what is of another type is left out. */
function acceptedIn({ rule, object, field, container, message, source }: JsonObject, fingerprint: string): Accepted {
  return {
    fingerprint, rule: textOf(rule), field: textOf(field), container: textOf(container), message: textOf(message),
    file: isObject(source) ? textOf(source.file) : null,
    object: isObject(object) ? {
      apiVersion: textOf(object.apiVersion) ?? '', kind: textOf(object.kind) ?? '', namespace: textOf(object.namespace), name: textOf(object.name) ?? '',
    } : null,
  };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function linesIn(text: string): Accepted[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const [fingerprint] = line.trim().split(/\s/);
    if (fingerprint === '' || fingerprint.startsWith('#')) return [];
    if (!FINGERPRINT.test(fingerprint)) throw new NoBaseline(`line ${i + 1} is no fingerprint of 16 hexadecimal digits`);
    return [{ ...UNKNOWN, fingerprint }];
  });
}

/** What may be accepted of an answer: what no waiver in force allows. */
export function acceptedOf(findings: readonly PlacedFinding[]): Accepted[] {
  return findings.filter(finding => !isWaived(finding)).map(({ fingerprint, rule, object, field, container, message, source: { file } }) => (
    { fingerprint, rule, object, field, container, message, file }
  ));
}

/** As `check` writes a finding, but for what changes from run to run. */
export function acceptedJson({ fingerprint, rule, object, field, container, message, file }: Accepted): object {
  return { fingerprint, rule, object, field, container, message, source: { file } };
}

/** Writes a baseline: no line of a file is in it, so that it changes only where findings do. */
export function baselineText(accepted: readonly Accepted[]): string {
  const lines = accepted.map(one => plainJson(acceptedJson(one))).sort();
  return `{"version":1,\n "findings":[${lines.length ? `\n  ${lines.join(',\n  ')}\n ` : ''}]}\n`;
}

/**
 * An answer held against a baseline. A finding that the baseline has twice is known twice, and no more often: those of
 * the file that it names come first, and what a waiver allows comes last. Only what was asked for can be gone.
 *
 * @param isJudged whether all of a file was judged, or is there no more
 */
export function held(answer: CheckAnswer, baseline: readonly Accepted[], isJudged: (file: string) => boolean): CheckAnswer {
  const left = new Ledger(baseline);
  const known = new Set<PlacedFinding>();
  for (const wanted of [(finding: PlacedFinding) => !isWaived(finding), isWaived]) {
    for (const fileOf of [(finding: PlacedFinding) => finding.source.file, () => undefined]) {
      for (const finding of answer.findings) {
        if (!known.has(finding) && wanted(finding) && left.take(finding.fingerprint, fileOf(finding))) known.add(finding);
      }
    }
  }
  const rules = new Set(answer.rules.map(({ id }) => id));
  // What works out its fingerprint has to stay what it is.
  const copyOf = (finding: PlacedFinding) => Object.create(Object.getPrototypeOf(finding) as object) as PlacedFinding;
  const findings = answer.findings.map(finding => Object.assign(copyOf(finding), finding, { isKnown: known.has(finding) }));
  return {
    ...answer,
    findings,
    summary: { known: 0, ...summaryOf(answer.summary.objects, findings) },
    gone: baseline.filter(accepted => left.has(accepted))
      .filter(({ rule, file }) => (rule === null || rules.has(rule)) && (file === null || isJudged(file))),
  };
}

/** What of a baseline is left, by fingerprint and file. */
class Ledger {
  private readonly left = new Map<string, Map<string | null, Accepted[]>>();
  private readonly taken = new Set<Accepted>();

  constructor(baseline: readonly Accepted[]) {
    for (const accepted of baseline) {
      const files = this.left.get(accepted.fingerprint) ?? new Map<string | null, Accepted[]>();
      this.left.set(accepted.fingerprint, files);
      const its = files.get(accepted.file);
      if (its) its.push(accepted);
      else files.set(accepted.file, [accepted]);
    }
  }

  /** Takes one of a fingerprint out: of a file, or of any. */
  public take(fingerprint: string, file?: string): boolean {
    const files = this.left.get(fingerprint);
    const from = file ?? files?.keys().next().value;
    const its = from === undefined ? undefined : files?.get(from);
    const one = its?.pop();
    if (!one) return false;
    this.taken.add(one);
    if (!its!.length) files!.delete(from!);
    return true;
  }

  public has(accepted: Accepted): boolean {
    return !this.taken.has(accepted);
  }
}
