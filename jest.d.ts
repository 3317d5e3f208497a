import type { HardenedMatchers } from './lib/matchers';

declare global {
  namespace jest {
    interface Matchers<R, T = {}> extends HardenedMatchers<R> {}
  }
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends HardenedMatchers<R> {}
}
