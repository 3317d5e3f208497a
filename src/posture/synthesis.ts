import type { App, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { rootOf } from './root-of';

/** The synthesis of a whole app that is running. */
interface Run {
  /** How often the app was validated: once, and once more for each chart. */
  passes: number;
  readonly kept: Map<object, unknown>;
}

/** What is known of a root. */
interface Watched {
  run?: Run;
  /** Stands for the validation of the whole app that ran last, or is running. */
  validation: object;
  readonly preparations: (() => void)[];
  /** What every synthesis is done within. */
  around?: Around;
}

/** Does something before and behind a synthesis; returns what that returned. */
type Around = (synthesize: () => string) => string;

const RUNS = new WeakMap<IConstruct, Watched>();
/** Stands for the one that is running, of whichever app. */
let running: object | undefined;
/** The one layout for which cdk8s does not validate before each chart. */
const FOLDER_PER_CHART = 3 satisfies YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;
/** The second validation sees what the first one made; from then on nothing new comes. */
const SETTLED = 2;
/** What that one made, cdk8s orders level by level: what charts depend on follows from constructs, what objects do from charts. */
const ORDERED = SETTLED + 2;

/**
 * Has the root of the tree notice when it is synthesized, so that what concerns the whole app is worked out once,
 * and not once a chart. To be called when a construct is made that wants to know.
 */
export function watchSynthesis(construct: IConstruct): void {
  const root = rootOf(construct);
  if (RUNS.has(root)) return;
  const watched: Watched = { validation: {}, preparations: [] };
  RUNS.set(root, watched);
  for (const method of ['synth', 'synthYaml'] as const) watch(root as App, method, watched);
  root.node.addValidation({
    validate: () => {
      const repeated = watched.run && watched.run.passes++ >= SETTLED;
      if (repeated) return [];
      watched.run?.kept.clear();
      watched.validation = {};
      watched.preparations.forEach(prepare => prepare());
      return [];
    },
  });
}

/** Has something done at the start of each validation of the whole app, before anything of ours validates. */
export function beforeValidation(construct: IConstruct, prepare: () => void): void {
  watchSynthesis(construct);
  RUNS.get(rootOf(construct))!.preparations.push(prepare);
}

/** Has every synthesis done within something; the last one to say so is asked. */
export function aroundSynthesis(construct: IConstruct, around: Around): void {
  watchSynthesis(construct);
  RUNS.get(rootOf(construct))!.around = around;
}

/** Stands for the validation of the whole app that ran last, or is running: another object each time. */
export function lastValidation(construct: IConstruct): object | undefined {
  return RUNS.get(rootOf(construct))?.validation;
}

/**
 * Tells whether the whole app is validated once more before anything is written: what is to be said of what all
 * validations have made waits for that.
 */
export function isValidatedAgain(construct: IConstruct): boolean {
  const root = rootOf(construct);
  return RUNS.get(root)?.run?.passes === 1 && (root as Partial<App>).yamlOutputType !== FOLDER_PER_CHART;
}

/** Tells whether the validation that is running repeats one that has seen everything. */
export function isRepeatedValidation(construct: IConstruct): boolean {
  return (RUNS.get(rootOf(construct))?.run?.passes ?? 0) > SETTLED;
}

/** Tells whether all was validated, and put in order, so often in the synthesis that is running that once more brings nothing new. */
export function isOrdered(construct: IConstruct): boolean {
  return (RUNS.get(rootOf(construct))?.run?.passes ?? 0) >= ORDERED;
}

/** What was worked out before in the synthesis that is running; outside of one it is worked out anew each time. */
export function oncePerSynthesis<T>(construct: IConstruct, key: object, workOut: () => T): T {
  const kept = RUNS.get(rootOf(construct))?.run?.kept;
  if (!kept) return workOut();
  if (!kept.has(key)) kept.set(key, workOut());
  return kept.get(key) as T;
}

/** The same, but from the second validation on only: before, what is worked out may still change. */
export function onceSettled<T>(construct: IConstruct, key: object, workOut: () => T): T {
  const run = RUNS.get(rootOf(construct))?.run;
  return run && run.passes >= SETTLED ? oncePerSynthesis(construct, key, workOut) : workOut();
}

/** What holds until the synthesis that is running ends. */
export class Settled<T> {
  private readonly synthesis = running;

  constructor(private readonly value: T) {}

  /** The value, where that synthesis is still running. */
  public get now(): T | undefined {
    return this.synthesis && this.synthesis === running ? this.value : undefined;
  }
}

/** Tells whether the synthesis that is running has validated so often that what is worked out does not change any more. */
export function isSettled(construct: IConstruct): boolean {
  return (RUNS.get(rootOf(construct))?.run?.passes ?? 0) >= SETTLED;
}

/** What `oncePerSynthesis` keeps in the synthesis that is running, if it was asked for. */
export function keptInSynthesis(construct: IConstruct, key: object): unknown {
  return RUNS.get(rootOf(construct))?.run?.kept.get(key);
}

function watch(app: App, method: 'synth' | 'synthYaml', watched: Watched): void {
  // Where another language overrides it, jsii allows no other.
  if (typeof app[method] !== 'function' || Object.getOwnPropertyDescriptor(app, method)?.writable === false) return;
  const original = app[method].bind(app) as () => string;
  (app as unknown as { [name: string]: () => string })[method] = () => {
    const outer = running;
    running = {};
    watched.run = { passes: 0, kept: new Map() };
    try {
      return watched.around ? watched.around(original) : original();
    } finally {
      watched.run = undefined;
      running = outer;
    }
  };
}
