import { createHash } from 'crypto';

/** The first digits of a hash: enough to tell texts apart, short enough for a name. */
export function digest(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
