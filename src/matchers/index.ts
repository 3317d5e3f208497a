import { HardenedMatchers } from './hardened-matchers';
import { toBeRestricted, toHaveNoFindings } from './judged';
import { Matcher } from './matcher';
import { cannotReach, toAllow } from './reached';

export { ConnectionExpected, HardenedMatchers, NoFindingsOptions } from './hardened-matchers';
export { Matcher, MatcherResult } from './matcher';

/** Every matcher by its name, as `expect.extend` takes them. A new one is written in a file of its own, told in `HardenedMatchers`, and listed here. */
export const matchers: { readonly [name in keyof HardenedMatchers<void>]: Matcher } = {
  toBeRestricted, toHaveNoFindings, toAllow, cannotReach,
};
