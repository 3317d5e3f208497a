import { ReadObject } from '../kube/reading/read';
import type { Reach } from '../reach/reach';
import { plain } from '../report/plain';
import { place } from '../report/text';
import type { Config } from './config';
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
  for (const message of broken) stderr.write(`${message.split('\n').map(plain).join('\n')}\n`);
  return broken.length === 0;
}

/** The same for who has not asked yet who reaches whom: what could not be understood of it is against them, too. */
export function holdInvariantsOf(config: Config, objects: readonly ReadObject[], stderr: Sink): boolean {
  if (config.invariants === undefined) return true;
  const { Reach: Loaded } = require('../reach/reach') as typeof import('../reach/reach');
  const reach = new Loaded(objects);
  const { problems } = reach.world;
  for (const { file, line, message } of problems) stderr.write(`${place(file, line)}: ${plain(message)}\n`);
  return holdInvariants(config, () => reach, stderr) && problems.length === 0;
}
