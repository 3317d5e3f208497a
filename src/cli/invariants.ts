import { ReadObject } from '../kube/reading/read';
import type { Reach } from '../reach/reach';
import { CheckAnswer } from '../report/answer';
import { plain } from '../report/plain';
import { CONFIG_FILE, Config } from '../rules/config';
import type { RulePack } from '../rules/packs';
import { Sink } from './surroundings';

/* eslint-disable @typescript-eslint/no-require-imports */
/**
 * Says which statements of the repository about who reaches whom do not hold, and tells whether all do. What it takes is
 * loaded only where there are any: start-up is part of the speed.
 */
export function holdInvariants({ invariants, where }: Config, reach: () => Reach, stderr: Sink): boolean {
  if (invariants === undefined) return true;
  const { brokenStatements } = require('../invariants/judge') as typeof import('../invariants/judge');
  const broken = brokenStatements(where, invariants, reach());
  for (const { message } of broken) stderr.write(`${message.split('\n').map(plain).join('\n')}\n`);
  return broken.length === 0;
}

/** An answer with what the repository states of who reaches whom, for who has not asked yet; as it is where it states nothing. */
export function withInvariants(answer: CheckAnswer, config: Config, pack: RulePack, objects: readonly ReadObject[], file = CONFIG_FILE): CheckAnswer {
  if (config.invariants === undefined) return answer;
  const { judgeStatements } = require('../invariants/judge') as typeof import('../invariants/judge');
  const { withStated } = require('../report/stated') as typeof import('../report/stated');
  return withStated(answer, judgeStatements(config.where, config.invariants, objects), config, pack, file);
}
