import { spawnSync } from 'node:child_process';
import { Judged } from './manifests';

export type Level = 'baseline' | 'restricted';

/** What Kubernetes says about one manifest at one level and version. */
export interface Verdict extends Judged {
  readonly level: Level;
  readonly version: string;
  readonly allowed: boolean;
  readonly violations: readonly { readonly check: string; readonly reason: string; readonly detail?: string }[];
}

/** Every version of the standard since Kubernetes 1.27, the first one that this library writes for. */
export const VERSIONS = [...Array.from({ length: 11 }, (_, i) => `v1.${27 + i}`), 'latest'];

/**
 * Kubernetes' own verdict, as a cluster would give it after defaulting.
 *
 * Needs the program that psa.sh builds; a question that it cannot answer is an error, never a pass.
 */
export function judge(pods: readonly Judged[], levels: readonly Level[], versions: readonly string[]): Verdict[] {
  const oracle = process.env.PSA_ORACLE;
  if (!oracle) throw new Error('PSA_ORACLE names no program: use `npm run test:psa`');
  const pairs = levels.flatMap(level => versions.map(version => [level, version]));
  const input = pods.map(({ manifest }, id) => JSON.stringify({ id, pairs, pod: manifest }) + '\n').join('');
  const { stdout, stderr, status, error } = spawnSync(oracle, ['-defaults'], { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${oracle} ended with ${status}: ${stderr}`);
  const answers = stdout.split('\n').filter(line => line !== '').map(line => JSON.parse(line));
  const verdicts = answers.map(({ id, error: fault, violations = [], ...rest }) => {
    if (fault !== undefined) throw new Error(`${pods[id]?.id ?? id} cannot be judged: ${fault}`);
    return { ...rest, ...pods[id], violations };
  });
  const expected = pods.length * pairs.length;
  if (verdicts.length !== expected) throw new Error(`${oracle} gave ${verdicts.length} verdicts on ${expected} questions`);
  return verdicts;
}
