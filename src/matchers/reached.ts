import { AskedPort, Invariant } from '../invariants/invariant';
import { holdsIn, Named } from '../invariants/stated';
import { ConnectionExpected } from './hardened-matchers';
import { Matcher, MatcherResult } from './matcher';
import { manifestsOf } from './received';

/** The first surely connect to the second. */
export const toAllow: Matcher = (received, expected: ConnectionExpected) => held(received, expected, 'allowed');

/** The first never connect to the second. */
export const cannotReach: Matcher = (received, expected: ConnectionExpected) => held(received, expected, 'noPath');

/** Who names nobody throws: else `not` would pass by a slip. */
function held(received: any, { from, to, port, endPort, protocol }: ConnectionExpected, type: 'allowed' | 'noPath'): MatcherResult {
  const asked: { port?: AskedPort } = port === undefined ? {} : { port: { port, endPort, protocol } };
  const { statement, fault } = holdsIn(received, manifestsOf, party => ({ type, from: party(from as Named, 'ingress'), to: party(to as Named, 'egress'), ...asked }) satisfies Invariant);
  return { pass: !fault, message: () => fault ? `Expected that ${fault.message.replace(/^[^:]*: /, '')}` : `Expected that not: ${statement}` };
}
