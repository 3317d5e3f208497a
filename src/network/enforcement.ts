import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { waiverAnnotation } from '../kube/annotations';
import { Fault } from '../kube/faults';
import { UNENFORCED } from '../posture/cluster-facts';
import { clusterOf, postureOf } from '../posture/posture';
import { markWaiverUser } from '../posture/trait';
import { Waiver, isExpired } from '../posture/waiver';

/** Makes a policy count as what needs the waiver, where it does. */
export function markPolicy(object: ApiObject): void {
  markWaiverUser(object, { ruleIds: [UNENFORCED], waiversUsed: () => fitting(object) });
}

/**
 * Refuses a policy for a cluster that enforces none: it would be believed.
 *
 * @throws a fault unless it is waived; a waiver is written on the policy.
 */
export function checkEnforced(object: ApiObject): void {
  const cluster = clusterOf(object);
  if (!cluster || cluster.enforces) return;
  const where = object.node.path;
  const [waiver] = fitting(object);
  if (!waiver) {
    throw new Fault({
      where,
      what: `the policy would do nothing: ${cluster.title}${cluster.plugin ? `, with ${cluster.plugin},` : ''} enforces no network policies`,
      id: UNENFORCED,
      advice: `Install a plugin that does, such as Calico or Cilium, or kube-network-policies beside this one, and say so: { networkPlugin } or { enforcesPolicies: true }. Until then, waive it for the app: SecurityDefaults.of(app).waive({ rule: '${UNENFORCED}', reason: '…', owner: '…', until: '…' }).`,
    });
  }
  const { rule, ...rest } = waiver;
  if (isExpired(waiver, postureOf(object).today)) {
    throw new Fault({ where, what: `the waiver of '${rule}' expired on ${waiver.until}`, id: 'waiver-expired', advice: `Mend what it was for, or have ${waiver.owner} extend it.` });
  }
  object.metadata.addAnnotation(waiverAnnotation(rule), JSON.stringify(rest));
}

/** The waivers that let a policy be written for nothing, the nearest first. */
function fitting(object: IConstruct): Waiver[] {
  const cluster = clusterOf(object);
  if (!cluster || cluster.enforces) return [];
  return postureOf(object).waivers.map(({ waiver }) => waiver).filter(({ rule }) => rule === UNENFORCED);
}
