import { shortLived, thrifty } from './short-lived';
import { Sink } from './surroundings';

const BEFORE_FIRST = 1000;
const BETWEEN = 100;
const WIDTH = 30;
/** Fewer documents than that are read before V8 has begun to learn. */
const FEW = 20;
/** So many documents, or objects after them, are a cluster's. */
const MANY = 15_000;

/** A bar on a terminal, once work has gone on for a second; nothing in a pipe. */
export class Progress {
  private last = 0;
  private shown = false;
  private told = 0;

  constructor(private readonly sink: Sink, private readonly isWanted: boolean) {}

  /** So much of what there is to do is done: `files`, `objects`. */
  public at(what: string, done: number, all: number): void {
    if (++this.told === FEW) shortLived();
    if (this.told === MANY) thrifty();
    if (!this.isWanted || !this.sink.isTTY) return;
    // The clock of the process: what was read before counts, too.
    const now = performance.now();
    if (now < BEFORE_FIRST || now - this.last < BETWEEN) return;
    this.last = now;
    this.shown = true;
    const full = Math.round(WIDTH * done / Math.max(all, 1));
    this.sink.write(`\r\u001b[2K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${what} ${Math.floor(done)} of ${all}`);
  }

  /** Leaves the line as it was. */
  public end(): void {
    if (this.shown) this.sink.write('\r\u001b[2K');
    this.shown = false;
  }
}
