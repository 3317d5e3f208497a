/** What `check` says of the files, counted. */
export interface Judged {
  readonly pack: string;
  readonly errors: number;
  readonly warnings: number;
  /** How often each rule has found something, errors first. */
  readonly rules: readonly { readonly id: string; readonly times: number; readonly isError: boolean }[];
}

/** Of the JSON that `check` has written by a pack: everything that counts. */
export function judgedIn(json: string, pack: string): Judged {
  const { summary: { errors, warnings }, findings } = JSON.parse(json) as {
    summary: { errors: number; warnings: number };
    findings: readonly { rule: string; severity: string; waiver: { expired: boolean } | null }[];
  };
  const open = findings.filter(({ waiver }) => waiver === null || waiver.expired);
  const ids = [...new Set(open.map(({ rule }) => rule))].sort();
  const rules = ids.map(id => {
    const its = open.filter(({ rule }) => rule === id);
    return { id, times: its.length, isError: its.some(({ severity }) => severity === 'error') };
  });
  return { pack, errors, warnings, rules: [...rules.filter(({ isError }) => isError), ...rules.filter(({ isError }) => !isError)] };
}
