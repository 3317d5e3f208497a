import { expectAgreement } from '../reach/agreement';

/** The same as in the ordinary tests, over other clusters and more of them. */
const [SEED, CLUSTERS] = [1_000_001, 15_000];

test(`the engine agrees with a naive evaluator on ${CLUSTERS} random clusters from seed ${SEED} on`, () => {
  expectAgreement(SEED, CLUSTERS);
}, 1_800_000);
