import { ApiObject } from 'cdk8s';
import { Namespace, NamespaceProps } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkDnsLabel } from '../kube/names';
import { markNamespace } from '../network/namespace-scope';
import { SecurityDefaults } from '../posture/security-defaults';
import { Waiver } from '../posture/waiver';
import { Finding } from '../rules/harden/finding';
import { AdoptionStage } from './adoption-stage';
import { Contents } from './contents';
import { EgressStance } from './egress-stance';
import { ExistingNamespace } from './existing-namespace';
import { contentsQuota, defaultRequests } from './limits';
import { allowDns, allowInCluster, defaultDeny } from './namespace-policies';
import { NamespaceSeam } from './namespace-seam';
import { PodSecurityLevel } from './pod-security-level';
import { quotaFindings } from './quota-findings';
import { ResourceQuotaOptions } from './resource-quota-options';
import { takeInBeforeSynthesis } from './strays';

/** Properties of a secure namespace. */
export interface SecureNamespaceProps extends NamespaceProps {
  /**
   * Whether all pods may ask the DNS servers of the cluster. A workload that may connect to anything may ask
   * them in any case.
   *
   * @default true
   */
  readonly dns?: boolean;

  /**
   * How far its pods may connect to what nobody has named.
   *
   * @default EgressStance.STRICT
   */
  readonly egress?: EgressStance;

  /**
   * The level of the Pod Security Standards that is enforced. `BASELINE` and `PRIVILEGED` need a waiver of
   * `namespace-pod-security`; `STRICTEST` follows the waivers of the pods.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly level?: PodSecurityLevel;

  /**
   * How far a namespace that is in use already is closed.
   *
   * @default AdoptionStage.ENFORCE
   */
  readonly stage?: AdoptionStage;

  /**
   * A ResourceQuota for what the app puts into the namespace: every replica at the maximum of its autoscaler, those
   * that are ending while they are replaced, and their volumes; never a quota for CPU limits. It is left out unless it
   * is asked for, since what is not part of the app would be refused for want of room; `{}` works it out.
   *
   * @default - no quota
   */
  readonly resourceQuota?: ResourceQuotaOptions;

  /**
   * Whether a LimitRange gives requests to containers that state none. It sets no limits. Where there is another
   * one in the namespace, which of the two decides is not said.
   *
   * @default true
   */
  readonly limitRange?: boolean;

  /**
   * Exceptions for the namespace and everything that is made under it.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * A namespace that is closed until something is opened.
 *
 * It admits only pods that satisfy Pod Security `restricted`, its pods can neither connect nor be connected to
 * but for DNS and the flows that are declared, and its default service account has no token. What is made under
 * it as scope belongs to it, unless it says another namespace, itself or by its chart.
 *
 * Its name is that of the metadata, else its construct id.
 *
 * @example
 * declare const chart: cdk8s.Chart;
 * const shop = new SecureNamespace(chart, 'shop', { resourceQuota: { headroomPercent: 25 } });
 * const web = new HardenedDeployment(shop, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
 * web.acceptFrom(Peer.namespace('edge'));
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

  private readonly seam: NamespaceSeam;
  private readonly contents: Contents;
  private readonly hasQuota: boolean;

  /**
   * Makes the namespace and what shuts it.
   *
   * @throws a fault where Kubernetes refuses the name, a waiver is incomplete, or a number is none. At synthesis: where
   * the API server would refuse a pod that lands in it, a level is lowered without a waiver, or a quota cannot be
   * worked out.
   */
  constructor(scope: Construct, id: string, props: SecureNamespaceProps = {}) {
    const name = props.metadata?.name ?? id;
    checkDnsLabel([scope.node.path, id].filter(part => part).join('/'), 'a namespace', name);
    super(scope, id, { metadata: { ...props.metadata, name } });
    markNamespace(this, name, true);
    for (const waiver of props.waivers ?? []) SecurityDefaults.of(this).waive(waiver);
    const { level = PodSecurityLevel.RESTRICTED, stage = AdoptionStage.ENFORCE, limitRange = true, resourceQuota } = props;
    this.contents = new Contents(this, name);
    this.hasQuota = resourceQuota !== undefined && stage !== AdoptionStage.OBSERVE;
    this.seam = new NamespaceSeam(this, this.apiObject, this.contents, { level, stage });
    takeInBeforeSynthesis(this, name);

    defaultDeny(this, name, stage);
    if (props.dns ?? true) allowDns(this, name);
    if (props.egress === EgressStance.IN_CLUSTER) allowInCluster(this, name);
    if (stage !== AdoptionStage.OBSERVE) {
      new ApiObject(this, 'DefaultServiceAccount', {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: name },
        automountServiceAccountToken: false,
      });
      if (limitRange) defaultRequests(this, name);
      if (resourceQuota) contentsQuota(this, name, this.contents, resourceQuota, limitRange);
    }
  }

  /**
   * What there is to say of the namespace as it is now: a level that was lowered, and for whom; before the last
   * stage of its adoption, what the next one would break; what its quota cannot count.
   *
   * @throws what synthesis would throw
   */
  public get findings(): Finding[] {
    return [...this.seam.findings(), ...(this.hasQuota ? quotaFindings(this.contents) : [])];
  }
}
