import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { hasPod, podPart } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { oncePerSynthesis, watchSynthesis } from '../posture/synthesis';
import { peopleKnow, written } from '../posture/written';

/** An object that lands in a namespace, as it is written. */
export interface Content {
  /** The construct path, for messages. */
  readonly where: string;
  readonly manifest: Manifest;
}

/** A template that nobody makes pods of by itself. */
const NO_CONTROLLER = 'PodTemplate';

/** The constructs that make the namespaces of an app, by name. */
const OWNERS = new WeakMap<IConstruct, Map<string, IConstruct[]>>();

/** What the whole app writes into one namespace, whichever chart it is made in. Asked for at synthesis only. */
export class Contents {
  constructor(private readonly construct: IConstruct, private readonly namespace: string) {
    watchSynthesis(construct);
    const { root } = construct.node;
    const owners = OWNERS.get(root) ?? new Map<string, IConstruct[]>();
    OWNERS.set(root, owners);
    owners.set(namespace, [...owners.get(namespace) ?? [], construct]);
  }

  /**
   * Every object that makes pods, hardened where it is.
   *
   * @throws what writing them throws: what is wrong with a workload is said before what is wrong with its namespace.
   */
  public pods(): Content[] {
    return this.objects(hasPod).filter(({ manifest }) => manifest.kind !== NO_CONTROLLER && podPart(manifest));
  }

  /** Every object of some kinds. */
  public ofKind(...kinds: readonly string[]): Manifest[] {
    return this.objects(kind => kinds.includes(kind)).map(({ manifest }) => manifest);
  }

  /** Every object of a kind that lies in no namespace. */
  public clusterWide(kind: string): Manifest[] {
    return [...byNamespace(this.construct).values()].flat().filter(object => object.kind === kind).map(written);
  }

  private objects(isAsked: (kind: string) => boolean): Content[] {
    const lie = byNamespace(this.construct).get(this.namespace) ?? [];
    return lie.filter(object => isAsked(object.kind) && this.isMine(object))
      .map(object => ({ where: peopleKnow(object).node.path, manifest: written(object) }));
  }

  /** An app may write for several clusters, each with a namespace of this name: an object belongs to the nearest in the tree. */
  private isMine(object: ApiObject): boolean {
    const owners = OWNERS.get(this.construct.node.root)!.get(this.namespace)!;
    if (owners.length === 1) return true;
    const above = new Set(object.node.scopes);
    const shared = ({ node }: IConstruct) => node.scopes.filter(scope => above.has(scope)).length;
    const mine = shared(this.construct);
    return owners.every(owner => shared(owner) <= mine);
  }
}

const INDEX = {};

/** Every object of the app, by the namespace that it lands in. */
function byNamespace(construct: IConstruct): Map<string | undefined, ApiObject[]> {
  return oncePerSynthesis(construct, INDEX, () => {
    const index = new Map<string | undefined, ApiObject[]>();
    for (const child of construct.node.root.node.findAll()) {
      if (!ApiObject.isApiObject(child)) continue;
      const { namespace } = child.metadata;
      const lie = index.get(namespace);
      if (lie) lie.push(child);
      else index.set(namespace, [child]);
    }
    return index;
  });
}
