import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { ReadObject } from '../kube/reading/read';
import { IPeer, Peer } from '../network/peer';
import { Reach } from '../reach/reach';
import { Evaluator } from './evaluate';
import { faultOf } from './explained';
import { unread } from './groundless';
import { describe, Invariant } from './invariant';
import { Party } from './party';
import { partyOf } from './party-of';
import { partyNamed } from './words';
import { Written } from './written';

/** Whom a test means: a word as a file says it, a workload, or a peer. */
export type Named = string | IPeer | IConstruct;
/** Reads whom a test means. */
export type Naming = (named: Named, direction: 'egress' | 'ingress') => Party;

/** What came of a statement about an app, a chart, or manifests. */
export interface Held {
  readonly statement: string;
  /** Why it does not hold. Absent: it does. */
  readonly fault?: Fault;
}

/**
 * Judges a statement by what an app writes, or by manifests.
 *
 * @throws a fault where it names nobody, or where it cannot be judged for certain.
 */
export function holdsIn(received: any, manifestsOf: (received: any) => any[], state: (party: Naming) => Invariant): Held {
  const scope = typeof received?.node?.findAll === 'function' ? received as IConstruct : undefined;
  const written = scope && new Written(scope.node.root);
  const reach = new Reach(written?.objects ?? manifestsOf(received).map(readObject));
  const [problem] = unread(reach);
  if (problem) throw problem;
  const invariant = state((named, direction) => {
    if (typeof named === 'string') return partyNamed(named);
    if (scope && written) return partyOf(scope, typeof (named as Partial<IPeer>).toPeer === 'function' ? named as IPeer : Peer.workload(named as IConstruct), direction, written);
    throw new Fault({ where: 'expect(…)', what: 'a construct is named, but manifests are asked', id: 'peer-unknown', advice: "Hand the app or the chart to expect, or name the workload: 'shop/web'." });
  });
  const outcome = new Evaluator(reach).evaluate(invariant);
  const fault = faultOf(scope?.node.path ?? '', invariant, outcome, reach, scope ? 'code' : 'manifests');
  if (fault && (outcome.nobody !== undefined || outcome.isElsewhere)) throw fault;
  return { statement: describe(invariant), fault };
}

/** An object that no file was read for. */
function readObject(manifest: any, document: number): ReadObject {
  return { manifest, source: { file: '', document, path: '', locate: () => ({ line: 0, column: 0, endLine: 0, endColumn: 0 }) } };
}
