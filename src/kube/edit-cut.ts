import { beginsLine, hasComment, lineEnd, lineStart, nextLine, Splice } from './edit-splices';

/** One of several things that stand one after the other, and whether it stays. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly stays: boolean;
}

/** Cuts pieces out of a block, where each has lines of its own but perhaps the first, which may stand behind a dash. At least one stays. */
export function cutLines(text: string, pieces: readonly Piece[]): Splice[] {
  const splices: Splice[] = [];
  const first = pieces.findIndex(({ stays }) => stays);
  const shared = first > 0 && !beginsLine(text, pieces[0].start);
  if (shared) {
    // What stays moves up behind the dash; comments above it stay where they are.
    const behind = lineEnd(text, pieces[first - 1].end);
    const end = hasComment(text, behind, pieces[first].start) ? behind : pieces[first].start;
    splices.push({ start: pieces[0].start, end, text: '' });
  }
  pieces.forEach(({ start, end, stays }, index) => {
    if (stays || (shared && index < first)) return;
    splices.push({ start: lineStart(text, start), end: nextLine(text, end), text: '' });
  });
  return splices;
}

/** Cuts pieces out of brackets, each with the comma that parts it from what stays. */
export function cutFlow(pieces: readonly Piece[]): Splice[] {
  const splices: Splice[] = [];
  let kept = false;
  pieces.forEach(({ start, end, stays }, index) => {
    if (stays) kept = true;
    else if (kept) splices.push({ start: pieces[index - 1].end, end, text: '' });
    else splices.push({ start, end: pieces[index + 1].start, text: '' });
  });
  return splices;
}
