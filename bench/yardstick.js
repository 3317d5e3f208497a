// node bench/yardstick.js FOLDER: reads every file of a folder with js-yaml, and does nothing else. What the machine can do today.
const { readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { loadAll } = require('js-yaml');

for (const name of readdirSync(process.argv[2])) loadAll(readFileSync(join(process.argv[2], name), 'utf8'));
