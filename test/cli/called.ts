import { run } from '../../src/cli/run';
import { CheckAnswer } from '../../src/report/answer';
import { faultsBy } from '../report/schemas';

/** What a call of the command came to. */
export interface Called {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How it is called. */
export interface Call {
  readonly stdin?: string | Buffer;
  readonly isTTY?: boolean;
  readonly env?: { [name: string]: string };
}

/** Calls the command in this process; it has nothing of the process but its files. */
export function call(args: readonly string[], { stdin, isTTY, env = {} }: Call = {}): Called {
  const written = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({ isTTY, write: (text: string | Uint8Array) => { written[name] += Buffer.from(text as string).toString(); } });
  const standardInput = stdin === undefined ? undefined : Buffer.from(stdin as string);
  const status = run(args, { stdout: sink('stdout'), stderr: sink('stderr'), env, folder: process.cwd(), standardInput });
  return { status, ...written };
}

/** Checks what stands on standard input, and holds every answer against its schema. */
export function checked(stdin: string | Buffer | object, ...options: string[]): Pick<CheckAnswer, 'kubernetes' | 'summary' | 'problems' | 'findings'> & { status: number } {
  const text = typeof stdin === 'string' || Buffer.isBuffer(stdin) ? stdin : JSON.stringify(stdin);
  const { status, stdout } = call(['check', '-', '--format', 'json', ...options], { stdin: text });
  return { status, ...answerIn(stdout) };
}

/** An answer in JSON, which has to be as the schema in the package says. */
export function answerIn(json: string): Pick<CheckAnswer, 'kubernetes' | 'summary' | 'problems' | 'findings'> {
  const answer = JSON.parse(json);
  expect(faultsBy('check', answer)).toEqual([]);
  return answer;
}
