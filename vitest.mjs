// Adds the matchers to vitest. Import it in a test, or name it in setupFiles.
import { expect } from 'vitest';
import hardened from './lib/matchers/index.js';

expect.extend(hardened.matchers);
