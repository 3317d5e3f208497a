import { JsonObject } from '../json';

/** What the API server refuses though its schema takes it: two fields that contradict each other, a word that OpenAPI leaves open. */
export interface Refusal {
  /** The field path from the root of the manifest. */
  readonly field: string;
  /** What is, as the start of a sentence. */
  readonly what: string;
  /** What to do, whole sentences. */
  readonly advice: string;
}

/** Looks for one kind of them. Of what has a wrong type the schema speaks. */
export type Validation = (manifest: JsonObject) => Refusal[];
