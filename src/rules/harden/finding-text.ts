import { Finding } from './finding';

/** A finding as one line of text. */
export function findingText(finding: Finding): string {
  return `${finding.where || '(app)'} · ${finding.subject} · ${finding.field}: ${finding.what} [${finding.rule}]. ${finding.advice}`;
}

/** The order in which findings are shown: by place, then by rule. */
export function compareFindings(a: Finding, b: Finding): number {
  for (const key of ['where', 'subject', 'field', 'rule'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}
