import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { PREFIX } from '../kube/annotations';
import { defined } from '../kube/json';
import { DNS_PORTS } from '../kube/peers';
import { networkPolicySpec } from './dialects/network-policy';
import { DeclaredFlow, Direction, Flow, sideData } from './flow';
import { portsOf } from './flow-ports';
import { PolicyData, PolicySubject, policyData } from './policy-data';

/** Says why each rule of a policy is there, one line a rule. */
const WHY = `${PREFIX}why`;

/** How a policy is called and where it goes. */
export interface FlowPolicyProps {
  readonly name?: string;
  readonly namespace?: string;
  readonly direction: Direction;
  /** Asked for at synthesis. */
  subject(): PolicySubject;
}

/** One NetworkPolicy object, which takes flows until it is synthesized. */
export class FlowPolicy {
  private readonly flows = new Set<DeclaredFlow>();
  private readonly props: FlowPolicyProps;

  constructor(scope: Construct, id: string, props: FlowPolicyProps) {
    this.props = props;
    const { name, namespace } = props;
    policyObject(scope, id, { name, namespace }, () => this.data());
  }

  public add(flow: DeclaredFlow): void {
    this.flows.add(flow);
  }

  private data(): PolicyData {
    const { direction, subject } = this.props;
    const flows = [...this.flows].map(resolved);
    return policyData(subject(), direction, direction === 'egress' ? [...flows, DNS] : flows);
  }
}

/** A policy for egress isolates the pod, and nothing works without names. */
export const DNS: Flow = { source: { type: 'anyone' }, target: { type: 'dns' }, ports: DNS_PORTS, why: 'names are looked up there' };

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
  const toJson = object.toJson.bind(object);
  // A fault that is thrown from within cdk8s' own toJson would arrive wrapped in another message.
  object.toJson = () => {
    data = content();
    if (data.rules.length) object.metadata.addAnnotation(WHY, data.rules.map(rule => rule.why).join('\n'));
    return toJson();
  };
  return object;
}

function resolved(flow: DeclaredFlow): Flow {
  return { source: sideData(flow.source), target: sideData(flow.target), ports: portsOf(flow), why: flow.why };
}
