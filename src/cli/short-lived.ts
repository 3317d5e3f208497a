let isTold = false;

/**
 * A command lives for a second or some. Of that V8 would spend two fifths on writing small functions out within large ones,
 * over and over as it learns, which pays for itself only where a program stays. With less of it the same answer takes a
 * fifth less CPU, and that of 10,000 workloads takes no more. Of what is left a third went into functions that are done
 * soon after they are compiled for the second time: to wait for that six times as long takes another seventh less.
 *
 * Told once there is something to do, and not at the start: from then on Node takes none of its own modules as they were
 * compiled when it was built, and what tells V8 loads all of streams, which is a tenth of bare Node together.
 */
export function shortLived(): void {
  if (isTold) return;
  isTold = true;
  tell('--max-inlined-bytecode-size-cumulative=50');
  tell('--interrupt-budget=400000');
}

/**
 * Where a cluster is judged, V8 would let garbage grow to as much again as is in use, and more. To look for it sooner takes
 * a third less memory of 10,000 workloads, and few hundredths more CPU.
 */
export function thrifty(): void {
  tell('--heap-growing-percent=40');
}

function tell(flag: string): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { setFlagsFromString } = require('node:v8') as typeof import('node:v8');
  setFlagsFromString(flag);
}
