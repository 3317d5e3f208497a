import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import { clusterOf } from '../posture/posture';
import { Reach } from '../reach/reach';
import { describe, Invariant } from './invariant';

/** Where the cluster enforces no policy, nothing is denied, whatever the policies say. */
export function unenforced(scope: IConstruct, invariant: Invariant): Fault | undefined {
  const cluster = clusterOf(scope);
  if (!cluster || cluster.enforces || invariant.type === 'allowed') return undefined;
  return new Fault({
    where: scope.node.path,
    what: `${describe(invariant)}, but ${cluster.title}${cluster.plugin ? `, with ${cluster.plugin},` : ''} enforces no network policies`,
    id: 'invariant-broken',
    advice: 'Install a plugin that does, such as Calico or Cilium, and say so: { networkPlugin } or { enforcesPolicies: true }; or leave the statement out.',
  });
}

/** What could not be understood may open what statements forbid. */
export function unread({ world: { problems } }: Reach): Fault[] {
  return problems.map(({ file, message }) => new Fault({
    where: file,
    what: `what was stated of who reaches whom cannot be judged for certain: ${message.replace(/\.$/, '')}`,
    id: 'invariant-unread',
    advice: 'Mend or remove it.',
  }));
}
