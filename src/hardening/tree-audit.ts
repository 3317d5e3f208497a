import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { findingText } from '../rules/harden/finding-text';
import { Hardened } from '../rules/harden/harden';
import { Refusal, errorsOf } from '../rules/harden/refusal';
import { settle } from '../rules/harden/seam';
import { FailOn } from './hardening-options';
import { Asked, allAsked } from './settings';
import { Snapshot } from './snapshot';
import { TreeObject } from './tree-object';

/** What is to be said of one object. */
export interface Said extends Asked {
  readonly tree: TreeObject;
  /** What is found, and what is wrong. */
  readonly outcome: Omit<Hardened, 'manifest'> & Partial<Pick<Hardened, 'manifest'>>;
  /** What was thrown when it was to be written. */
  readonly thrown: readonly string[];
}

/** More than that nobody reads at once. */
const MOST_SHOWN = 100;

/** What is to be said of all objects of an app that are to be judged. */
export class TreeAudit {
  public readonly said: readonly Said[];
  private messages?: ReadonlyMap<ApiObject, readonly string[]>;
  private waiversUsed?: ReadonlyMap<ApiObject, Hardened['waiversUsed']>;

  constructor(root: IConstruct, snapshot: Snapshot) {
    this.said = allAsked(root, snapshot.otherwise).map(asked => saidOf(asked, snapshot));
  }

  /** What stops synthesis, as the validation of the object's construct says it: sorted, each once. */
  public messagesOf(object: ApiObject): readonly string[] {
    this.messages ??= this.allMessages();
    return this.messages.get(object) ?? [];
  }

  public waiversUsedBy(object: ApiObject): Hardened['waiversUsed'] {
    this.waiversUsed ??= new Map(this.said.map(said => [said.object, said.outcome.waiversUsed]));
    return this.waiversUsed.get(object) ?? [];
  }

  private allMessages(): Map<ApiObject, string[]> {
    const lines = new Map<string, TreeObject>();
    const add = ({ tree }: Said, line: string) => lines.has(line) || lines.set(line, tree);
    for (const said of this.said) {
      const texts = textsOf(said);
      if (!texts.length) settleFor(said);
      for (const line of texts) add(said, line);
    }
    // Who writes an object may be refused for what is wrong with others: that is told already.
    for (const said of this.said) said.thrown.forEach(line => add(said, line));
    const sorted = [...lines].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    const shown = new Map<ApiObject, string[]>();
    for (const [line, { object, where }] of sorted.slice(0, MOST_SHOWN)) {
      // cdk8s names the construct.
      const own = [`${where} · `, `${where}: `].find(start => line.startsWith(start));
      shown.set(object, [...shown.get(object) ?? [], own === undefined ? line : line.slice(own.length)]);
    }
    const last = sorted[MOST_SHOWN - 1]?.[1].object;
    if (last && sorted.length > MOST_SHOWN) shown.get(last)!.push(`… and ${sorted.length - MOST_SHOWN} more, here and elsewhere: Hardening.of(app).report() has them all`);
    return shown;
  }
}

/** What nothing stops is written as it was found; what hardens itself says by itself what it writes. */
function settleFor({ object, tree, outcome: { manifest } }: Said): void {
  if (manifest && tree.isLaid) settle(object, manifest);
}

const NONE: readonly string[] = [];

function saidOf({ object, settings }: Asked, snapshot: Snapshot): Said {
  const tree = TreeObject.of(object);
  try {
    return { object, tree, settings, thrown: NONE, outcome: snapshot.verdict(object, settings) };
  } catch (error) {
    const faults = error instanceof Fault ? [error] : [];
    const thrown = error instanceof Refusal ? error.lines : faults.length ? [] : [String((error as Error).message)];
    return { object, tree, settings, thrown, outcome: { findings: [], waiversUsed: [], faults } };
  }
}

function textsOf({ outcome, settings: { failOn } }: Said): readonly string[] {
  const { faults } = outcome;
  const stopping = failOn === FailOn.NEVER ? [] : failOn === FailOn.WARNING ? outcome.findings.filter(({ waiver }) => !waiver) : errorsOf(outcome);
  return faults.length || stopping.length ? [...faults.map(({ message }) => message), ...stopping.map(findingText)] : NONE;
}
