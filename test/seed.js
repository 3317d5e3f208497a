// Random cases are the same on every run, so that a change alone can turn a test red. FC_SEED=… asks for others.
const { configureGlobal } = require('fast-check');

configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261121) });
