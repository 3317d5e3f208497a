// Adds the matchers to jest, whether its globals are switched on or not. Name it in a test, or in setupFilesAfterEnv.
const { matchers } = require('./lib/matchers');

require('@jest/globals').expect.extend(matchers);
