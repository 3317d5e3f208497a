import { isObject } from '../kube/json';
import { Manifest } from '../kube/pod-spec';
import { ReadObject } from '../kube/reading/read';
import { Connection, ConnectionVerdict } from './connection';
import { Diff } from './diff';
import { Link, Listing } from './listing';
import { PortSet, PROTOCOLS } from './port-set';
import { Reach } from './reach';
import { Selection } from './selection';
import { reasonsOf } from './verdict';

/** Which connections are asked for. */
export interface ConnectionFilter {
  /**
   * Whom connections come from: `namespace/name`, `namespace/`, `namespace/label=value`, an address, a CIDR, or `node`.
   * @default - anybody but nodes, which always reach their own pods
   */
  readonly source?: string;
  /**
   * Whom they go to, in the same words.
   * @default - anybody
   */
  readonly target?: string;
}

/**
 * Who can reach whom, on which ports, by the NetworkPolicies among some manifests: computed as Kubernetes' API says, for
 * all ports and addresses, and not by trying some.
 *
 * @example
 * const connectivity = reach.Connectivity.of(cdk8s.Testing.synth(chart));
 * const fromWeb = connectivity.connections({ source: 'shop/web' });
 * const alone = connectivity.isolated();
 */
export class Connectivity {
  /**
   * Reads manifests: workloads of every kind, namespaces, NetworkPolicies, Services, Ingresses and routes of the Gateway
   * API. Other kinds do not count. What is no object of Kubernetes is left out.
   */
  public static of(manifests: any[]): Connectivity {
    return new Connectivity(manifests.filter(isManifest).map(readObject));
  }

  private readonly reach: Reach;

  private constructor(private readonly objects: readonly ReadObject[]) {
    this.reach = new Reach(objects);
  }

  /**
   * The connections that are allowed, or may be; what is not among them is denied. Addresses outside of which the same
   * holds for a workload stand together. A workload to itself is left out.
   *
   * Throws where the filter names no peer [peer-unknown].
   */
  public connections(filter: ConnectionFilter = {}): Connection[] {
    const { source, target } = filter;
    const listing = new Listing(this.reach, { from: selection('source', source), to: selection('target', target), mergesAddresses: true });
    return [...listing.links()].filter(({ from }) => from.kind !== 'node' || source !== undefined).flatMap(link => this.shown(link));
  }

  /**
   * What a change opens: the connections, or ports of them, that are allowed or may be here, and were not in `before`.
   */
  public openedSince(before: Connectivity): Connection[] {
    const diff = new Diff(before.objects, this.objects);
    const { verdicts, verdicts: { ports } } = diff.after.world;
    return diff.changes().flatMap(({ from, to, before: old, after }) => {
      const sure = ports.rest(after.sure, old.sure);
      const maybe = ports.union(sure, ports.rest(after.maybe, old.maybe));
      return shown({ from, to, verdict: verdicts.of(sure, maybe, after.doubts) }, ports.rest(maybe, sure));
    });
  }

  /** The workloads that no other workload, address or controller can reach, and that can reach none, by id. */
  public isolated(): string[] {
    const links = [...new Listing(this.reach, { mergesAddresses: true }).links()].filter(({ from }) => from.kind !== 'node');
    const connected = new Set(links.flatMap(({ from, to }) => [from.id, to.id]));
    return this.reach.workloads.map(({ id }) => id).filter(id => !connected.has(id));
  }

  /** What could not be understood in policies and workloads, each in a sentence. Connections that rest on it depend. */
  public problems(): string[] {
    return this.reach.world.problems.map(({ message }) => message);
  }

  private shown(link: Link): Connection[] {
    const { sure, maybe } = link.verdict;
    return shown(link, this.reach.world.verdicts.ports.rest(maybe, sure));
  }
}

function shown({ from, to, verdict: { sure, doubts } }: Link, rest: PortSet): Connection[] {
  const ends = { source: from.id, target: to.id };
  return [
    ...sure.isEmpty ? [] : [{ ...ends, verdict: ConnectionVerdict.ALLOWED, ...portsOf(sure) }],
    ...rest.isEmpty ? [] : [{ ...ends, verdict: ConnectionVerdict.DEPENDS, ...portsOf(rest), reason: reasonsOf(doubts) }],
  ];
}

function portsOf(ports: PortSet): Pick<Connection, 'all' | 'ports'> {
  if (ports.isAll) return { all: true, ports: [] };
  const spans = ports.spans.flatMap((list, i) => list.map(({ first, last }) => ({ protocol: PROTOCOLS[i], port: first, endPort: last })));
  return { all: false, ports: spans };
}

function selection(option: string, text: string | undefined): Selection | undefined {
  return text === undefined ? undefined : Selection.parse(`Connectivity.connections ${option}`, text);
}

function isManifest(value: unknown): value is Manifest {
  return isObject(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string' && isObject(value.metadata);
}

/** An object that no file was read for. */
function readObject(manifest: Manifest, document: number): ReadObject {
  const locate = () => ({ line: 0, column: 0, endLine: 0, endColumn: 0 });
  return { manifest, source: { file: '', document, path: '', locate } };
}
