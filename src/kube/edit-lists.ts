import { equal, isObject, Json } from './json';

/** What becomes of a list, item by item: kept or changed, taken out, or put in. */
export type Step =
  | { readonly kind: 'keep'; readonly from: number; readonly to: number }
  | { readonly kind: 'delete'; readonly from: number }
  | { readonly kind: 'insert'; readonly to: number };

/** Longer ones are compared by position: a table of all pairs would be too big. */
const LONGEST = 1000;
/** What tells items of Kubernetes' lists apart, most telling first. */
const NAMES = ['name', 'key', 'mountPath', 'containerPort', 'port', 'ip', 'uid'];

/** The way from one list to another that touches as little as it can. */
export function align(was: readonly Json[], want: readonly Json[]): Step[] {
  const steps: Step[] = [];
  let [from, to] = [0, 0];
  const close = (fromEnd: number, toEnd: number) => {
    while (from < fromEnd && to < toEnd) steps.push({ kind: 'keep', from: from++, to: to++ });
    while (from < fromEnd) steps.push({ kind: 'delete', from: from++ });
    while (to < toEnd) steps.push({ kind: 'insert', to: to++ });
  };
  for (const [fromKept, toKept] of common(was, want)) {
    close(fromKept, toKept);
    steps.push({ kind: 'keep', from: from++, to: to++ });
  }
  close(was.length, want.length);
  return steps;
}

/** The longest row of pairs that are the same, or have the same name. */
function common(was: readonly Json[], want: readonly Json[]): [number, number][] {
  let start = 0;
  while (start < was.length && start < want.length && equal(was[start], want[start])) start++;
  const head = Array.from({ length: start }, (_, i): [number, number] => [i, i]);
  if (was.length > LONGEST || want.length > LONGEST) return head;
  // lengths[i][j]: the longest row that begins at i and j.
  const lengths = Array.from({ length: was.length + 1 }, () => new Uint16Array(want.length + 1));
  for (let i = was.length - 1; i >= start; i--) {
    for (let j = want.length - 1; j >= start; j--) {
      lengths[i][j] = same(was[i], want[j]) ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pairs = head;
  for (let [i, j] = [start, start]; i < was.length && j < want.length;) {
    if (same(was[i], want[j])) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  }
  return pairs;
}

function same(a: Json, b: Json): boolean {
  if (!isObject(a) || !isObject(b)) return equal(a, b);
  const name = NAMES.find(key => a[key] !== undefined || b[key] !== undefined);
  return name ? equal(a[name], b[name]) : equal(a, b);
}
