/** The first digits of a hash: enough to tell texts apart, short enough for a name. */
export function digest(text: string, digits: number): string {
  // Loaded where it is asked for: it takes a tenth of a short command.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createHash, hash } = require('node:crypto') as typeof import('node:crypto');
  // In one call, where Node has it: since 20.12.
  const whole = typeof hash === 'function' ? hash('sha256', text) : createHash('sha256').update(text).digest('hex');
  return whole.slice(0, digits);
}
