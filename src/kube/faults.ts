import { closest, distance } from 'fastest-levenshtein';

/** What a fault says: where, what is wrong, its id, what to do. */
export interface FaultText {
  /** The construct path, or file:line. */
  readonly where: string;
  /** What is wrong, as the start of a sentence without a full stop. */
  readonly what: string;
  /** A stable id in kebab case, to search for. */
  readonly id: string;
  /** What to do, whole sentences. */
  readonly advice: string;
}

/** Wrong input. Its message is the interface: jsii passes on nothing else. */
export class Fault extends Error {
  public readonly id: string;
  /** What is wrong, for those who show it in a place of their own. */
  public readonly what: string;
  /** What to do, for the same. */
  public readonly advice: string;

  constructor(text: FaultText) {
    super(`${text.where || '(app)'}: ${text.what} [${text.id}]. ${text.advice}`);
    this.name = 'Fault';
    this.id = text.id;
    this.what = text.what;
    this.advice = text.advice;
  }
}

/** Runs a check; a fault that it throws joins the list in its stead, so that one hides no other. */
export function collect(faults: Fault[], check: () => unknown): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    faults.push(error);
  }
}

/** The one of `choices` that was most likely meant, if any is near enough. */
export function suggestion(word: string, choices: readonly string[]): string | undefined {
  if (!choices.length) return undefined;
  const best = closest(word, choices as string[]);
  return distance(word, best) <= Math.max(2, Math.floor(word.length / 3)) ? best : undefined;
}

/** "Did you mean x?" where something is near, else the choices. */
export function didYouMean(word: string, choices: readonly string[]): string {
  const best = suggestion(word, choices);
  return best ? `Did you mean '${best}'?` : `Known are: ${[...choices].sort().join(', ')}.`;
}
