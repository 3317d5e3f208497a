import type { HardenedMatchers } from './lib/matchers';
import 'vitest';

declare module 'vitest' {
  interface Assertion<T = any> extends HardenedMatchers<void> {}
}
