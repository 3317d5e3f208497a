import { expectAgreement } from './agreement';

/** `npm run fuzz:reach` asks for 100,000; FUZZ_SEED repeats a run. */
const CLUSTERS = Number(process.env.FUZZ_CLUSTERS ?? 800);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

test(`the engine agrees with a naive evaluator on ${CLUSTERS} random clusters from seed ${SEED} on`, () => {
  expectAgreement(SEED, CLUSTERS);
}, 3_600_000);
