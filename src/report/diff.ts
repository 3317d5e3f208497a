/** A part of a text before and after, both ending where a line ends, or where the text does. */
export interface Piece {
  readonly before: string;
  readonly after: string;
}

interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** Lines around a change that are shown with it. */
const CONTEXT = 3;
/** Beyond so many changes in one piece nobody reads which line became which. */
const MOST_STEPS = 2000;

/**
 * The changes of a file as `patch` and `git apply` read them; nothing where there are none. The text comes in pieces,
 * documents mostly, so that the time grows with what was changed in each, not with the product of all.
 */
export function unifiedDiff(file: string, pieces: readonly Piece[]): string {
  const lines = pieces.flatMap(({ before, after }) => before === after ? linesOf(before).map((text): Line => ({ mark: ' ', text })) : compared(linesOf(before), linesOf(after)));
  const changed = lines.flatMap(({ mark }, i) => mark === ' ' ? [] : [i]);
  if (!changed.length) return '';
  const hunks: [start: number, end: number][] = [];
  for (const i of changed) {
    const last = hunks[hunks.length - 1];
    const [start, end] = [Math.max(0, i - CONTEXT), Math.min(lines.length, i + CONTEXT + 1)];
    if (last && start <= last[1]) last[1] = end; else hunks.push([start, end]);
  }
  let [at, old, now] = [0, 0, 0];
  const texts = hunks.map(([start, end]) => {
    for (; at < start; at++) [old, now] = [old + 1, now + 1];
    const part = lines.slice(start, end);
    const [was, is] = ['+', '-'].map(other => part.filter(({ mark }) => mark !== other).length);
    // Of nothing, the line before it is named.
    const header = `@@ -${old + (was ? 1 : 0)},${was} +${now + (is ? 1 : 0)},${is} @@\n`;
    [at, old, now] = [end, old + was, now + is];
    return header + part.map(written).join('');
  });
  return `--- ${file}\n+++ ${file}\n${texts.join('')}`;
}

function written({ mark, text }: Line): string {
  return mark + (text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`);
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What both have at their ends is the same; what is between is found by Myers' greedy way. */
function compared(a: readonly string[], b: readonly string[]): Line[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const same = (lines: readonly string[]) => lines.map((text): Line => ({ mark: ' ', text }));
  return [...same(a.slice(0, start)), ...shortest(a.slice(start, a.length - end), b.slice(start, b.length - end)), ...same(a.slice(a.length - end))];
}

function shortest(a: readonly string[], b: readonly string[]): Line[] {
  const trace: Map<number, number>[] = [];
  let furthest = new Map([[1, 0]]);
  for (let steps = 0; steps <= Math.min(a.length + b.length, MOST_STEPS); steps++) {
    trace.push(furthest);
    const next = new Map(furthest);
    for (let k = -steps; k <= steps; k += 2) {
      let x = isDown(furthest, k, steps) ? furthest.get(k + 1)! : furthest.get(k - 1)! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return traced(a, b, trace);
    }
    furthest = next;
  }
  return [...a.map((text): Line => ({ mark: '-', text })), ...b.map((text): Line => ({ mark: '+', text }))];
}

function isDown(furthest: ReadonlyMap<number, number>, k: number, steps: number): boolean {
  return k === -steps || (k !== steps && furthest.get(k - 1)! < furthest.get(k + 1)!);
}

/** The way back from the end to the beginning. */
function traced(a: readonly string[], b: readonly string[], trace: readonly Map<number, number>[]): Line[] {
  const lines: Line[] = [];
  let [x, y] = [a.length, b.length];
  for (let steps = trace.length - 1; steps >= 0; steps--) {
    const k = x - y;
    const from = isDown(trace[steps], k, steps) ? k + 1 : k - 1;
    const fromX = trace[steps].get(from)!;
    while (x > Math.max(0, fromX) && y > Math.max(0, fromX - from)) {
      lines.push({ mark: ' ', text: a[--x] });
      y--;
    }
    if (steps === 0) break;
    if (x === fromX) lines.push({ mark: '+', text: b[--y] });
    else lines.push({ mark: '-', text: a[--x] });
  }
  return lines.reverse();
}
