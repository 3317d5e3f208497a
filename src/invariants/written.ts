import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isObject } from '../kube/json';
import { Manifest } from '../kube/pod-spec';
import { ReadObject } from '../kube/reading/read';
import { describeEnd, FlowEnd } from '../network/flow-end';
import { namespaceAt } from '../network/namespace-scope';
import { groupOf, isBuiltIn } from '../reach/pod-templates';
import { Part } from './party';

/** Where an object without a namespace goes. */
const DEFAULT_NAMESPACE = 'default';
/** Apps whose validations are run by us: what we ourselves validate is to be left out. */
const SETTLING = new WeakSet<IConstruct>();

/** What an app writes: the manifests of all its constructs, whoever made them, after all patches. */
export class Written {
  public readonly objects: readonly ReadObject[];
  private readonly byConstruct = new Map<IConstruct, Manifest>();

  constructor(root: IConstruct) {
    settle(root);
    this.objects = root.node.findAll().filter(construct => ApiObject.isApiObject(construct)).map((object, document) => {
      const manifest = (object as ApiObject).toJson() as Manifest;
      this.byConstruct.set(object, manifest);
      const locate = () => ({ line: 0, column: 0, endLine: 0, endColumn: 0 });
      return { manifest, source: { file: object.node.path, document, path: '', locate } };
    }).filter(({ manifest: { metadata } }) => isObject(metadata));
  }

  /** A workload as it is written. */
  public workload(end: FlowEnd): Part {
    const manifest = this.byConstruct.get(ApiObject.of(end.construct));
    // One of another app is looked for by what it says of itself.
    if (!manifest) return { type: 'workload', namespace: end.namespace ?? DEFAULT_NAMESPACE, name: end.name, id: describeEnd(end) };
    const { kind, apiVersion, metadata: { namespace, name } } = manifest;
    const own = typeof namespace === 'string' && namespace ? namespace : DEFAULT_NAMESPACE;
    const group = groupOf(apiVersion);
    return { type: 'workload', namespace: own, name: String(name), id: `${own}/${String(name)}[${isBuiltIn(group) ? kind : `${kind}.${group}`}]` };
  }

  /** The namespace that is meant where none is said. */
  public defaultNamespace(scope: IConstruct): string {
    const chart = [...scope.node.scopes].reverse().find(construct => Chart.isChart(construct));
    return (chart && namespaceAt(scope)) ?? DEFAULT_NAMESPACE;
  }
}

/** Tells whether validations are run for what they do, and not for what they say. */
export function isSettling(root: IConstruct): boolean {
  return SETTLING.has(root);
}

/**
 * Has every construct do what it does before a synthesis. Validations are what cdk8s runs then: policies that follow from
 * what workloads are, and namespaces of what lies in them, come from there. What they complain of, the synthesis tells.
 */
function settle(root: IConstruct): void {
  if (SETTLING.has(root)) return;
  SETTLING.add(root);
  try {
    for (const construct of root.node.findAll()) construct.node.validate();
  } finally {
    SETTLING.delete(root);
  }
}
