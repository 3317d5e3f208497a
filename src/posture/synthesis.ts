import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The synthesis of a whole app that is running. */
interface Run {
  /** How often the app was validated: once, and once more for each chart. */
  passes: number;
  readonly kept: Map<object, unknown>;
}

const RUNS = new WeakMap<IConstruct, { run?: Run }>();
/** The second validation sees what the first one made; from then on nothing new comes. */
const SETTLED = 2;

/**
 * Has the root of the tree notice when it is synthesized, so that what concerns the whole app is worked out once,
 * and not once a chart. To be called when a construct is made that wants to know.
 */
export function watchSynthesis(construct: IConstruct): void {
  const { root } = construct.node;
  if (RUNS.has(root)) return;
  const watched: { run?: Run } = {};
  RUNS.set(root, watched);
  for (const method of ['synth', 'synthYaml'] as const) watch(root as App, method, watched);
  root.node.addValidation({
    validate: () => {
      if (watched.run && watched.run.passes++ < SETTLED) watched.run.kept.clear();
      return [];
    },
  });
}

/** Tells whether the validation that is running repeats one that has seen everything. */
export function isRepeatedValidation(construct: IConstruct): boolean {
  return (RUNS.get(construct.node.root)?.run?.passes ?? 0) > SETTLED;
}

/** What was worked out before in the synthesis that is running; outside of one it is worked out anew each time. */
export function oncePerSynthesis<T>(construct: IConstruct, key: object, workOut: () => T): T {
  const kept = RUNS.get(construct.node.root)?.run?.kept;
  if (!kept) return workOut();
  if (!kept.has(key)) kept.set(key, workOut());
  return kept.get(key) as T;
}

/** What `oncePerSynthesis` keeps in the synthesis that is running, if it was asked for. */
export function keptInSynthesis(construct: IConstruct, key: object): unknown {
  return RUNS.get(construct.node.root)?.run?.kept.get(key);
}

function watch(app: App, method: 'synth' | 'synthYaml', watched: { run?: Run }): void {
  // Where another language overrides it, jsii allows no other.
  if (typeof app[method] !== 'function' || Object.getOwnPropertyDescriptor(app, method)?.writable === false) return;
  const original = app[method].bind(app) as () => string;
  (app as unknown as { [name: string]: () => string })[method] = () => {
    watched.run = { passes: 0, kept: new Map() };
    try {
      return original();
    } finally {
      watched.run = undefined;
    }
  };
}
