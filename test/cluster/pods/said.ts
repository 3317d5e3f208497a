/** Whether a program said just that, but for space around it, or something like that. */
export function says(said: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? said.trim() === wanted : wanted.test(said);
}

/** Throws where a program said something else. */
export function expectText(said: string, wanted: string | RegExp): void {
  if (!says(said, wanted)) throw new Error(`expected ${wanted}, and it says: ${said}`);
}
