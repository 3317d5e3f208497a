import { refusal, STANDARD_INPUT } from '../kube/reading/files';
import { readLines } from '../kube/reading/lines';
import { Problem } from '../kube/reading/problem';
import { Reader, UNREADABLE } from '../reach/observed/formats';
import { Ledger } from '../reach/observed/ledger';
import type { Reach } from '../reach/reach';

/** What logs say about connections. */
export interface Observed {
  readonly ledger: Ledger;
  readonly problems: readonly Problem[];
}

/** Reads logs of connections line by line. It never throws: what cannot be read is a problem. */
export function observe(files: readonly string[], reach: Reach, standardInput?: Buffer): Observed {
  const ledger = new Ledger(reach);
  const problems = files.flatMap(file => {
    try {
      return readLog(file, ledger, standardInput);
    } catch (error) {
      return [{ file, line: 0, message: refusal(error) }];
    }
  });
  return { ledger, problems };
}

function readLog(file: string, ledger: Ledger, standardInput: Buffer | undefined): Problem[] {
  const reader = new Reader();
  const before = ledger.records;
  const unreadable = { first: 0, count: 0 };
  let isEmpty = true;
  for (const { number, text } of readLines(file, file === STANDARD_INPUT ? standardInput : undefined)) {
    isEmpty &&= text?.trim() === '';
    for (const record of text === undefined ? [undefined] : reader.line(text)) {
      if (record) {
        ledger.add(record);
        continue;
      }
      unreadable.first ||= number;
      unreadable.count++;
    }
  }
  if (isEmpty) return [{ file, line: 0, message: 'there is no record in it, so there is nothing to say about it. Check the name, or what should have written it.' }];
  if (!unreadable.count) return [];
  const all = unreadable.count + ledger.records - before;
  const what = all === 1 ? `the only line ${UNREADABLE}` : `this ${UNREADABLE}; so it is with ${unreadable.count} of ${all} records`;
  return [{ file, line: unreadable.first, message: `${what}.` }];
}
