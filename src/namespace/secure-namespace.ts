import { ApiObject } from 'cdk8s';
import { Namespace, NamespaceProps } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkDnsLabel } from '../kube/names';
import { DNS, policyObject } from '../network/flow-policy';
import { markNamespace } from '../network/namespace-scope';
import { policyData } from '../network/policy-data';
import { ExistingNamespace } from './existing-namespace';
import { labelPodSecurity } from './pod-security-labels';
import { refuseStrays } from './strays';

/** Properties of a secure namespace. */
export interface SecureNamespaceProps extends NamespaceProps {
  /**
   * Whether all pods may ask the DNS servers of the cluster. A workload that may connect to anything may ask
   * them in any case.
   *
   * @default true
   */
  readonly dns?: boolean;
}

/**
 * A namespace that is closed until something is opened.
 *
 * It admits only pods that satisfy Pod Security `restricted`, its pods can neither connect nor be connected to
 * but for DNS and the flows that are declared, and its default service account has no token. Hardened workloads
 * that are made under it as scope belong to it; other objects there have to say its name, as their own
 * namespace or as that of their chart.
 *
 * Its name is that of the metadata, else its construct id.
 */
export class SecureNamespace extends Namespace {
  /**
   * A namespace that is there already and is not this app's, such as `kube-system`. Nothing in it is shut but
   * the ingress of pods that are named, and no egress at all.
   *
   * @throws a fault where Kubernetes refuses the name.
   */
  public static existing(scope: Construct, id: string, name: string): ExistingNamespace {
    return new ExistingNamespace(scope, id, name);
  }

  /**
   * Makes the namespace and what shuts it.
   *
   * @throws a fault where Kubernetes refuses the name.
   */
  constructor(scope: Construct, id: string, props: SecureNamespaceProps = {}) {
    const name = props.metadata?.name ?? id;
    checkDnsLabel([scope.node.path, id].filter(part => part).join('/'), 'a namespace', name);
    super(scope, id, { metadata: { ...props.metadata, name } });
    markNamespace(this, name, true);
    labelPodSecurity(this, this.apiObject);
    refuseStrays(this, this.apiObject);

    const everyPod = { namespace: name, pods: 'every' } as const;
    new ApiObject(this, 'DefaultDeny', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace: name },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    if (props.dns ?? true) {
      policyObject(this, 'AllowDns', { name: 'allow-dns', namespace: name }, () => policyData(everyPod, 'egress', [DNS]));
    }
    new ApiObject(this, 'DefaultServiceAccount', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: name },
      automountServiceAccountToken: false,
    });
  }
}
