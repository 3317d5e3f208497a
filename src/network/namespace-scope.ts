import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { checkDnsLabel } from '../kube/names';

/** What is stored on a construct that stands for a namespace: plain data, so that two copies of the package agree. */
interface Mark {
  readonly name: string;
  /** Whether this app makes the namespace. */
  readonly ours: boolean;
}

const MARK = Symbol.for('cdk8s-hardened.namespace/1');
/** On the root: the names of all namespaces that are marked, and whether they are ours. */
const ALL = Symbol.for('cdk8s-hardened.namespaces/1');

/** Marks a construct as standing for a namespace: what is made under it belongs there. */
export function markNamespace(construct: IConstruct, name: string, ours: boolean): void {
  Object.defineProperty(construct, MARK, { value: { name, ours } satisfies Mark });
  const all = allAt(construct);
  all.set(name, ours || all.get(name) === true);
}

/**
 * Tells whether the namespace is this app's to close: made by it, or that of the construct's chart unless it
 * was said to exist already. To be asked at synthesis, since namespaces may be made late.
 */
export function isOurs(construct: IConstruct, name: string | undefined): boolean {
  return allAt(construct).get(name ?? '') ?? name === Chart.of(construct).namespace;
}

/** Tells whether a namespace is shut in both directions but for what is declared: a SecureNamespace of this app. To be asked at synthesis. */
export function isClosed(construct: IConstruct, name: string | undefined): boolean {
  return allAt(construct).get(name ?? '') === true;
}

/** The namespace that a construct made under `scope` lands in: that of its SecureNamespace, else of its chart. */
export function namespaceAt(scope: IConstruct): string | undefined {
  const chart = Chart.of(scope);
  return marked(scope)?.mark.name ?? chart.namespace;
}

/**
 * The namespace of a construct about to be made under `scope`, given what its metadata say.
 *
 * @throws a fault where it would lie in another one than the SecureNamespace above it.
 */
export function namespaceFor(scope: IConstruct, id: string, given?: string): string | undefined {
  const where = [scope.node.path, id].filter(part => part).join('/');
  const chart = Chart.of(scope);
  const above = marked(scope);
  const chartIsInside = above !== undefined && chart.node.scopes.includes(above.construct);
  const said = given ?? (above && !chartIsInside ? undefined : chart.namespace);
  if (said !== undefined) checkDnsLabel(where, 'a namespace', said);
  if (above && said !== undefined && said !== above.mark.name) {
    const byChart = given === undefined;
    throw new Fault({
      where,
      what: `it is made under '${above.construct.node.path}', the namespace '${above.mark.name}', but ${byChart ? 'its chart ' : ''}says the namespace '${said}'`,
      id: 'namespace-mismatch',
      advice: byChart ? 'Leave the namespace of the chart out, or make the chart elsewhere.' : `Leave the namespace out, or make it under a scope of '${said}'.`,
    });
  }
  return above?.mark.name ?? said;
}

function marked(scope: IConstruct): { construct: IConstruct; mark: Mark } | undefined {
  for (const construct of [...scope.node.scopes].reverse()) {
    const mark = (construct as unknown as { [MARK]?: Mark })[MARK];
    if (mark) return { construct, mark };
  }
  return undefined;
}

function allAt(construct: IConstruct): Map<string, boolean> {
  const root = construct.node.root as unknown as { [ALL]?: Map<string, boolean> };
  if (!root[ALL]) Object.defineProperty(root, ALL, { value: new Map<string, boolean>() });
  return root[ALL]!;
}
