/** A scanner of others. */
export interface Scanner {
  readonly name: string;
  /** Why it cannot be asked; undefined where it can. */
  missing(): string | undefined;
  /** What it has against a file of manifests, one id a finding. */
  findings(file: string): string[] | Promise<string[]>;
}

/** How often each finding occurs, by its id, in alphabetical order. */
export function counted(findings: readonly string[]): { [check: string]: number } {
  const counts: { [check: string]: number } = {};
  for (const check of [...findings].sort()) counts[check] = (counts[check] ?? 0) + 1;
  return counts;
}
