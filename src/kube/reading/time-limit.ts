import { Context, createContext, Script } from 'node:vm';
import { Unreadable } from './problem';

const CALL = new Script('work()');

/** Made once, when first needed: it costs more than most files take to read. */
let context: Context | undefined;

/**
 * Runs what reads a file, and stops it when it takes too long: no input may hold up the others.
 * Node can stop running code in no other way than through its vm.
 */
export function withTimeLimit<T>(milliseconds: number, work: () => T): T {
  let outcome: { value: T } | { error: unknown } | undefined;
  context ??= createContext({});
  context.work = () => {
    try {
      outcome = { value: work() };
    } catch (error) {
      outcome = { error };
    }
  };
  try {
    CALL.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Unreadable(`it takes more than ${milliseconds / 1000} seconds to read. Split it, or look for what makes it so.`);
  } finally {
    context.work = undefined;
  }
  if (!outcome || 'error' in outcome) throw outcome?.error;
  return outcome.value;
}
