/** What a matcher answers, in jest and in vitest alike. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** A matcher: what was handed to `expect`, and to the matcher itself. */
export type Matcher = (received: any, ...expected: any[]) => MatcherResult;

/** More than that nobody reads at once. */
const MOST_SHOWN = 50;

/** Passes where nothing is wrong; else the message lists what is. `whom` and `claim` make a sentence: "the manifests", "have no findings". */
export function listed(wrong: readonly string[], whom: string, claim: string): MatcherResult {
  return {
    pass: wrong.length === 0,
    message: () => {
      if (!wrong.length) return `Expected that not: ${whom} ${claim}`;
      const rest = wrong.length > MOST_SHOWN ? [`  … and ${wrong.length - MOST_SHOWN} more`] : [];
      return [`Expected that ${whom} ${claim}, but:`, ...wrong.slice(0, MOST_SHOWN).map(line => `  ${line}`), ...rest].join('\n');
    },
  };
}
