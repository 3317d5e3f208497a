import { ApiObject, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { PREFIX } from '../kube/annotations';
import { defined } from '../kube/json';
import type { ClusterFacts } from '../posture/cluster-facts';
import { clusterOf } from '../posture/posture';
import { networkPolicySpec } from './dialects/network-policy';
import { checkEnforced, markPolicy } from './enforcement';
import { DeclaredFlow, Direction, Flow } from './flow';
import { plainJson } from './plain-json';
import { PolicyData, PolicySubject, policyData } from './policy-data';
import { resolveFlow } from './resolve-flow';
import { resolvePeer } from './resolve-peer';

/** Says why each rule of a policy is there, one line a rule. */
const WHY = `${PREFIX}why`;

/** How a policy is called and where it goes. */
export interface FlowPolicyProps {
  readonly name?: string;
  readonly namespace?: string;
  readonly direction: Direction;
  /** Whether DNS is opened with egress. */
  readonly dns?: boolean;
  /** Asked for at synthesis. */
  subject(): PolicySubject;
  /** What follows from what the pods are, given the flows that were asked for. Asked for at synthesis. */
  derived?(declared: readonly DeclaredFlow[]): readonly DeclaredFlow[];
}

/** One NetworkPolicy object, which takes flows until it is synthesized. */
export class FlowPolicy {
  private readonly flows = new Set<DeclaredFlow>();
  private readonly scope: Construct;
  private readonly props: FlowPolicyProps;

  constructor(scope: Construct, id: string, props: FlowPolicyProps) {
    this.scope = scope;
    this.props = props;
    const { name, namespace } = props;
    policyObject(scope, id, { name, namespace }, () => this.data());
  }

  public add(flow: DeclaredFlow): void {
    this.flows.add(flow);
  }

  /** The flows that were asked for. */
  public get declared(): readonly DeclaredFlow[] {
    return [...this.flows];
  }

  private data(): PolicyData {
    const { direction, subject, dns = true } = this.props;
    const { declared } = this;
    const cluster = clusterOf(this.scope);
    const flows = [...declared, ...this.props.derived?.(declared) ?? []].flatMap(flow => resolveFlow(flow, direction, cluster));
    return policyData(subject(), direction, direction === 'egress' && dns ? [...flows, ...dnsFlows(this.scope, cluster)] : flows);
  }
}

/** A policy for egress isolates the pod, and nothing works without names. */
export function dnsFlows(construct: IConstruct, cluster = clusterOf(construct)): readonly Flow[] {
  return cluster ? dnsIn(cluster, construct.node.path) : (dnsAnywhere ??= dnsIn(undefined, ''));
}

/** Where no cluster is known, it is the same for all. */
let dnsAnywhere: readonly Flow[] | undefined;

function dnsIn(cluster: ClusterFacts | undefined, where: string): readonly Flow[] {
  const peers = resolvePeer({ type: 'cluster', role: 'dns' }, cluster, { where, direction: 'egress', describe: () => 'the flow to DNS' });
  return peers.map(flow => ({ ...flow, why: 'names are looked up there', common: true }));
}

/** The NetworkPolicy object whose content is asked for at synthesis. */
export function policyObject(scope: Construct, id: string, metadata: { name?: string; namespace?: string }, content: () => PolicyData): ApiObject {
  let data: PolicyData | undefined;
  const object = new ApiObject(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    // A name that is undefined would win over the one that cdk8s makes.
    metadata: defined(metadata),
    spec: Lazy.any({ produce: () => networkPolicySpec(data ?? content()) }),
  });
  markPolicy(object);
  const toJson = object.toJson.bind(object);
  // A fault that is thrown from within cdk8s' own toJson would arrive wrapped in another message.
  object.toJson = () => {
    checkEnforced(object);
    try {
      data = content();
      if (data.rules.length) object.metadata.addAnnotation(WHY, data.rules.map(rule => rule.why).join('\n'));
      return plainJson(object, networkPolicySpec(data)) ?? toJson();
    } finally {
      // Kept for every policy of a large app, it would be a fifth of what synthesis holds in memory.
      data = undefined;
    }
  };
  return object;
}
