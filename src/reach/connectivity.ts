import { isObject } from '../kube/json';
import { Manifest } from '../kube/pod-spec';
import { ReadObject } from '../kube/reading/read';
import { asDiff, asExplanation, asPath, connectionsIn, gained } from './as-connection';
import { askedPort, checkHops, checkPairs } from './asked';
import { between } from './between';
import { Connection } from './connection';
import { ConnectivityDiff } from './connectivity-diff';
import { Diff } from './diff';
import { endsOf } from './ends';
import { Explainer } from './explain';
import { ConnectionExplanation } from './explanation';
import { exposureOf } from './exposure/as-exposure';
import { lintsOf } from './lints/lints';
import { Listing } from './listing';
import { NetworkLint } from './network-lint';
import { MOST_PATHS, PathFinder } from './paths';
import { Reach } from './reach';
import { ReachPath } from './reach-path';
import { Selection } from './selection';
import { Verdict } from './verdict';
import { WorkloadExposure } from './workload-exposure';

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
 * const isOpen = connectivity.allowed('shop/web', 'shop/db', 5432);
 * const why = connectivity.explain('shop/web', 'shop/cache')[0].lines;
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
    return [...listing.links()].filter(({ from }) => from.kind !== 'node' || source !== undefined)
      .flatMap(({ from, to, verdict }) => connectionsIn({ from: from.id, to: to.id }, verdict, this.reach.world.verdicts.ports));
  }

  /**
   * Tells whether a port is open for certain, from everybody whom `source` names to everybody whom `target` names. What
   * depends is not: both this and `denied` are false then, and `explain` says on what it depends.
   *
   * Throws where one of both names nobody, or the port is none [peer-unknown, peer-absent, peer-outside, port-invalid,
   * protocol-unknown].
   *
   * @param source whom it comes from: `namespace/name`, `namespace/`, `namespace/label=value`, an address, a CIDR, or `node`
   * @param target whom it goes to, in the same words
   * @param port the port of the container, from 1 to 65535
   * @param protocol `TCP`, `UDP` or `SCTP`; TCP if not said
   */
  public allowed(source: string, target: string, port: number, protocol?: string): boolean {
    const asked = askedPort('Connectivity.allowed', port, protocol);
    return this.every('allowed', source, target, ({ sure }) => sure.has(asked.protocol, asked.port));
  }

  /**
   * Tells whether a port is closed for certain, from everybody whom `source` names to everybody whom `target` names. What
   * depends is not.
   *
   * Throws as `allowed` does.
   *
   * @param source whom it comes from: `namespace/name`, `namespace/`, `namespace/label=value`, an address, a CIDR, or `node`
   * @param target whom it goes to, in the same words
   * @param port the port of the container, from 1 to 65535
   * @param protocol `TCP`, `UDP` or `SCTP`; TCP if not said
   */
  public denied(source: string, target: string, port: number, protocol?: string): boolean {
    const asked = askedPort('Connectivity.denied', port, protocol);
    return this.every('denied', source, target, ({ maybe }) => !maybe.has(asked.protocol, asked.port));
  }

  /**
   * Says why something may be spoken, or not: which policies isolate the two, which of their rules let it through, and what
   * would allow it. One answer for each pair of workloads, of their pods where policies tell them apart, and for each part
   * of a range of addresses of which something else holds.
   *
   * Throws where one of both names nobody, or more than 100 pairs are asked about [peer-unknown, peer-absent,
   * peer-outside, pairs-too-many].
   *
   * @param source whom it comes from: `namespace/name`, `namespace/`, `namespace/label=value`, an address, a CIDR, or `node`
   * @param target whom it goes to, in the same words
   */
  public explain(source: string, target: string): ConnectionExplanation[] {
    const [sources, targets] = this.ends('explain', source, target);
    checkPairs('Connectivity.explain', sources.length * targets.length);
    const explainer = new Explainer(this.reach);
    const { verdicts: { ports } } = this.reach.world;
    return sources.flatMap(from => targets.flatMap(to => explainer.explain(from, to))).map(its => asExplanation(its, ports, whereRead));
  }

  /**
   * What a change opens: the connections, or ports of them, that are allowed or may be here, and were not in `before`.
   */
  public openedSince(before: Connectivity): Connection[] {
    const diff = new Diff(before.objects, this.objects);
    const { verdicts } = diff.after.world;
    return diff.changes().flatMap(({ from, to, before: old, after }) => (
      connectionsIn({ from: from.id, to: to.id }, gained(old, after, verdicts), verdicts.ports)
    ));
  }

  /** What changes from these manifests to others: `before.diff(after)`. */
  public diff(after: Connectivity): ConnectivityDiff {
    const diff = new Diff(this.objects, after.objects);
    return asDiff(diff.changes(), diff.after.world.verdicts);
  }

  /**
   * The ways on which somebody who has taken over `source` gets to `target`, over workloads in between: the shortest first,
   * then by name, at most 100. Each connection of a way is open on some port, for certain or perhaps.
   *
   * Throws where one of both names nobody or more than 100 pairs are asked about, or `hops` is no whole number from 1 to 10
   * [peer-unknown, peer-absent, peer-outside, pairs-too-many, hops-invalid].
   *
   * @param source whom it comes from: `namespace/name`, `namespace/`, `namespace/label=value`, an address, a CIDR, or `node`
   * @param target whom it goes to, in the same words
   * @param hops how many connections a way may have, from 1 to 10
   */
  public paths(source: string, target: string, hops: number): ReachPath[] {
    checkHops('Connectivity.paths', hops);
    const [sources, targets] = this.ends('paths', source, target);
    checkPairs('Connectivity.paths', sources.length * targets.length);
    const finder = new PathFinder(this.reach, 'Connectivity.paths');
    const found = sources.flatMap(from => targets.flatMap(to => finder.between(from, to, hops).paths));
    return found.sort((a, b) => a.length - b.length).slice(0, MOST_PATHS).map(path => asPath(path, this.reach.world.verdicts.ports));
  }

  /**
   * To what each workload is exposed beyond those that are there: which pods that do not exist yet, by their labels and
   * namespaces, could reach it or be reached by it, and what leads to it from outside of the cluster. Pods in the network of
   * their node are left out: policies say nothing of them.
   */
  public exposure(): WorkloadExposure[] {
    return this.reach.workloads.map(workload => exposureOf(this.reach, workload));
  }

  /** The workloads that no other workload, address or controller can reach, and that can reach none, by id. */
  public isolated(): string[] {
    const links = [...new Listing(this.reach, { mergesAddresses: true }).links()].filter(({ from }) => from.kind !== 'node');
    const connected = new Set(links.flatMap(({ from, to }) => [from.id, to.id]));
    return this.reach.workloads.map(({ id }) => id).filter(id => !connected.has(id));
  }

  /**
   * What is hardly meant in the policies: policies that select nothing or change nothing, rules without effect or that
   * another rule says already, pods that may not ask the DNS, flows that one end declares and the other lets nothing of
   * through. What is not among the manifests is unknown, and taken for right.
   */
  public lints(): NetworkLint[] {
    return lintsOf(this.reach).map(({ id, policy: { namespace, name }, field, what, advice }) => (
      { rule: id, namespaceName: namespace, policy: name, field, message: `${what}. ${advice}` }
    ));
  }

  /** What could not be understood in policies and workloads, each in a sentence. Connections that rest on it depend. */
  public problems(): string[] {
    return this.reach.world.problems.map(({ message }) => message);
  }

  private every(question: string, source: string, target: string, holds: (verdict: Verdict) => boolean): boolean {
    const [sources, targets] = this.ends(question, source, target);
    for (const { verdict } of between(this.reach, `Connectivity.${question}`, sources, targets)) if (!holds(verdict)) return false;
    return true;
  }

  private ends(question: string, source: string, target: string) {
    return [endsOf(this.reach, `Connectivity.${question} source`, source), endsOf(this.reach, `Connectivity.${question} target`, target)];
  }
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

/** What was handed in by a program has no place. */
function whereRead({ source: { file, locate } }: ReadObject, field: string): string {
  return file && `${file}:${locate(field).line}`;
}
