import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { checkPortRange } from '../kube/ports';
import type { IPeer } from '../network/peer';
import { isRepeatedValidation, watchSynthesis } from '../posture/synthesis';
import { Reach } from '../reach/reach';
import { Evaluator } from './evaluate';
import { faultOf } from './explained';
import { unenforced, unread } from './groundless';
import { About, describe, Invariant } from './invariant';
import type { BrokenInvariant, InvariantOptions } from './options';
import { Party } from './party';
import { partyOf } from './party-of';
import { isSettling, Written } from './written';

/** A statement, and the scope that it was stated for. Whom it means is asked for when it is judged. */
interface Statement {
  readonly scope: IConstruct;
  of(written: Written): Invariant;
}

/** The statements of an app. */
const STATEMENTS = new WeakMap<IConstruct, Statement[]>();

/**
 * What must stay true of who reaches whom, whatever is changed later.
 *
 * `app.synth()` fails where it does not hold, and says who reaches whom by which rules. All of the app is judged as it is
 * written: plain objects, `Include` and `Helm`, too. Pods of namespaces that the app has nothing of are thought of with
 * any labels; those of its own namespaces are the app's. What Kubernetes leaves to the network plugin does not hold. Only
 * direct connections count, a workload always reaches itself, and a node its own pods.
 *
 * @example
 * declare const web: HardenedDeployment;
 * declare const db: HardenedStatefulSet;
 * invariants.Invariants.of(app)
 *   .only(db, [web], 5432)
 *   .noPath(Peer.internet(), db)
 *   .none(Peer.cidr('169.254.169.254/32'), 80);
 */
export class Invariants {
  /** The statements of the app that a scope belongs to. Peers without a namespace are in that of the scope. */
  public static of(scope: IConstruct): Invariants {
    const { root } = scope.node;
    if (!STATEMENTS.has(root)) {
      STATEMENTS.set(root, []);
      watchSynthesis(root);
      root.node.addValidation({ validate: () => isSettling(root) || isRepeatedValidation(root) ? [] : failures(root) });
    }
    return new Invariants(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Nobody of the source connects to the target. `Peer.internet()` as the source stands for public addresses and for
   * whatever an Ingress or a Gateway lets in.
   *
   * @param source who must not connect
   * @param target to whom
   * @param port on that port only; if not said, on none
   */
  public noPath(source: IPeer, target: IPeer, port?: number, options?: InvariantOptions): Invariants {
    return this.state(this.about(port, options), (about, written) => ({
      type: 'noPath', from: this.source(source, written), to: this.target(target, written), ...about,
    }));
  }

  /**
   * Nobody but the sources connects to the target: no other pod, and no address outside.
   *
   * @param target who must be reached by nobody else
   * @param sources who may connect
   * @param port on that port only; if not said, on none
   */
  public only(target: IPeer, sources: IPeer[], port?: number, options?: InvariantOptions): Invariants {
    return this.state(this.about(port, options), (about, written) => ({
      type: 'only', to: this.target(target, written), from: sources.map(source => this.source(source, written)), ...about,
    }));
  }

  /**
   * Nobody connects to the target: no pod, and no address outside.
   *
   * @param target who must be reached by nobody
   * @param port on that port only; if not said, on none
   */
  public none(target: IPeer, port?: number, options?: InvariantOptions): Invariants {
    return this.state(this.about(port, options), (about, written) => ({ type: 'none', to: this.target(target, written), ...about }));
  }

  /**
   * No pod of one namespace connects to a pod of another of them, in either direction.
   *
   * @param namespaces their names
   */
  public isolatedNamespaces(...namespaces: string[]): Invariants {
    return this.state({}, () => ({ type: 'isolatedNamespaces', namespaces }));
  }

  /**
   * All of the source surely connect to all of the target.
   *
   * @param source who must connect
   * @param target to whom
   * @param port on which port; if not said, on any
   */
  public allowed(source: IPeer, target: IPeer, port?: number, options?: InvariantOptions): Invariants {
    return this.state(this.about(port, options), (about, written) => ({
      type: 'allowed', from: this.source(source, written), to: this.target(target, written), ...about,
    }));
  }

  /** The statements about the app that do not hold, in the order in which they were made. None: all hold. */
  public check(): BrokenInvariant[] {
    const { root } = this.scope.node;
    return judge(root, new Written(root));
  }

  private state(about: About, make: (about: About, written: Written) => Invariant): Invariants {
    STATEMENTS.get(this.scope.node.root)!.push({ scope: this.scope, of: written => make(about, written) });
    return this;
  }

  private about(port: number | undefined, { endPort, protocol, why }: InvariantOptions = {}): About {
    const where = this.scope.node.path;
    if (port !== undefined) {
      checkPortRange(where, { protocol: protocol ?? 'TCP', port, endPort });
      return { port: { port, endPort, protocol }, why };
    }
    if (endPort === undefined && protocol === undefined) return { why };
    throw new Fault({ where, what: 'a statement has a protocol or a last port, but no port', id: 'port-invalid', advice: 'Say the port, too.' });
  }

  private source(peer: IPeer, written: Written): Party {
    return partyOf(this.scope, peer, 'ingress', written);
  }

  private target(peer: IPeer, written: Written): Party {
    return partyOf(this.scope, peer, 'egress', written);
  }
}

/** What does not hold before a synthesis. What cannot be written makes the synthesis fail by itself. */
function failures(root: IConstruct): string[] {
  let written: Written;
  try {
    written = new Written(root);
  } catch {
    return [];
  }
  return judge(root, written).map(({ message }) => message);
}

function judge(root: IConstruct, written: Written): BrokenInvariant[] {
  const reach = new Reach(written.objects);
  const evaluator = new Evaluator(reach);
  const broken = (STATEMENTS.get(root) ?? []).flatMap(({ scope, of }): BrokenInvariant[] => {
    const { path } = scope.node;
    try {
      const invariant = of(written);
      const fault = unenforced(scope, invariant) ?? faultOf(path, invariant, evaluator.evaluate(invariant), reach, 'code');
      return fault ? [{ path, statement: describe(invariant), message: fault.message }] : [];
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return [{ path, statement: '', message: error.message }];
    }
  });
  return [...broken, ...unread(reach).map(({ message }) => ({ path: '', statement: '', message }))];
}
