import { Compared, Scanner } from './claims';

/** Verdicts of a scanner that our rules do not share, and why. */
export interface Disagreement {
  readonly scanner: Scanner;
  readonly checks: readonly string[];
  /** What they say. */
  readonly theirs: 'passed' | 'failed';
  /** What the name of the file or of the object has in it. @default - any */
  readonly about?: RegExp;
  /** Whose verdict is the true one; both, where they ask different questions. */
  readonly right: 'ours' | 'theirs' | 'both';
  readonly why: string;
}

/** A verdict as it is said. */
export function verdict(isFailed: boolean): 'failed' | 'passed' {
  return isFailed ? 'failed' : 'passed';
}

/** Tells whether a disagreement is the one that is explained. */
export function explains({ scanner, checks, theirs, about }: Disagreement, each: Compared): boolean {
  return scanner === each.scanner && checks.includes(each.check) && theirs === verdict(each.theirs) && (about?.test(`${each.object} ${each.file}`) ?? true);
}
