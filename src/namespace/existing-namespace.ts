import { Construct } from 'constructs';
import { checkDnsLabel } from '../kube/names';
import { IngressWhitelist } from '../network/ingress-whitelist';
import { markNamespace } from '../network/namespace-scope';
import { Peer } from '../network/peer';

/**
 * A namespace that is there already and is not this app's, such as `kube-system`. It writes no namespace and
 * no default deny. See `SecureNamespace.existing`.
 */
export class ExistingNamespace extends Construct {
  /** Its name in the cluster. */
  public readonly name: string;

  /**
   * Names a namespace that is there already.
   *
   * @throws a fault where Kubernetes refuses the name.
   */
  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    checkDnsLabel(this.node.path, 'a namespace', name);
    this.name = name;
    markNamespace(this, name, false);
  }

  /**
   * Pods in it, as one side of a flow.
   *
   * @param labels labels that all of the pods have and no others.
   */
  public pods(labels: { [key: string]: string }): Peer {
    return Peer.pods({ namespace: this.name, labels });
  }

  /**
   * Keeps pods open to everybody on all their ports, whatever else is shut around them: an ingress controller,
   * the DNS servers.
   *
   * @param id the id of the construct that is made.
   * @param labels labels that all of the pods have and no others.
   * @throws a fault where a label is none, or there are no labels.
   */
  public openToAnyone(id: string, labels: { [key: string]: string }): IngressWhitelist {
    return new IngressWhitelist(this, id, { workload: this.pods(labels), sources: [Peer.anyone()], allPorts: true });
  }
}
