import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ConnectOptions } from '../network/connect-options';
import { IPeer, Peer } from '../network/peer';
import { Waiver } from '../posture/waiver';
import { Finding } from '../rules/harden/finding';
import { DataFolderOptions, SecretFolderOptions, SeededFolderOptions, ServiceAccountTokenOptions, TempFolderOptions } from './container-options';
import { WorkloadCore } from './core';
import { HardenedOptions } from './hardened-options';
import { IHardenedWorkload } from './hardened-workload';
import { placed } from './placement';
import { PolicyRollOptions } from './policy-roll';
import { named, recordWish } from './wishes';

/** Properties of a `HardenedDeployment`: those of cdk8s-plus, and what hardening can be told. */
export interface HardenedDeploymentProps extends kplus.DeploymentProps, HardenedOptions, PolicyRollOptions {}

/**
 * A Deployment whose pods pass Pod Security `restricted` and start. Every Service, Ingress, autoscaler, volume and
 * probe of cdk8s-plus works on it.
 *
 * @example
 * declare const chart: cdk8s.Chart;
 * new HardenedDeployment(chart, 'web', {
 *   containers: [{ image: 'nginx:1.28', portNumber: 80 }],
 *   memoryLimit: '128Mi',
 * });
 */
export class HardenedDeployment extends kplus.Deployment implements IHardenedWorkload {
  private readonly core: WorkloadCore;

  /**
   * @param scope the chart, the SecureNamespace or any construct that it belongs to
   * @param id its name within the scope
   * @param props what it runs
   */
  constructor(scope: Construct, id: string, props: HardenedDeploymentProps = {}) {
    super(scope, id, placed(scope, id, props));
    this.core = new WorkloadCore(this, props, props.replicas ?? 2);
  }

  /** What hardening has to say of the workload as it is now. */
  public get findings(): Finding[] {
    return this.core.findings;
  }

  /** The workload as one side of a flow. */
  public toPeer(): Peer {
    return this.core.network.peer;
  }

  /** Lets this workload connect to another one; both sides are written. */
  public connectTo(target: IPeer, options?: ConnectOptions): void {
    this.core.network.connect(target, options);
  }

  /** Lets another workload connect to this one; both sides are written. */
  public acceptFrom(source: IPeer, options?: ConnectOptions): void {
    this.core.network.accept(source, options);
  }

  /** Lets the replicas of this workload connect to each other. */
  public connectReplicas(options?: ConnectOptions): void {
    this.core.network.connect(this, options);
  }

  /** Makes a folder writable whose files may be lost with the pod. */
  public addTempFolder(path: string, options?: TempFolderOptions): void {
    this.core.folders.addTemp(path, options);
  }

  /** Makes a folder writable whose files outlive the pod. */
  public addDataFolder(path: string, options?: DataFolderOptions): void {
    this.core.folders.addData(path, options);
  }

  /** Makes a folder writable that the image brings with files in it. */
  public addSeededFolder(path: string, options?: SeededFolderOptions): void {
    this.core.folders.addSeeded(path, options);
  }

  /** Gives containers a Secret as files. */
  public addSecretFolder(path: string, secret: kplus.ISecret, options?: SecretFolderOptions): void {
    this.core.addSecretFolder(path, secret, options);
  }

  /** Gives every container a token by which a third party recognises the workload. */
  public addServiceAccountToken(options: ServiceAccountTokenOptions): void {
    this.core.addToken(options);
  }

  /** Grants rights on objects or kinds of the workload's own namespace, and gives it a token. */
  public allow(verbs: string[], ...resources: kplus.IApiResource[]): void {
    this.core.rights.allow(verbs, resources);
  }

  /** Lets the workload read objects of its namespace, or all of a kind. */
  public allowRead(...resources: kplus.IApiResource[]): void {
    this.core.rights.allowRead(resources);
  }

  /** Lets the workload read and change objects of its namespace, or also make and delete those of a kind. */
  public allowReadWrite(...resources: kplus.IApiResource[]): void {
    this.core.rights.allowReadWrite(resources);
  }

  /** Grants rights in the whole cluster. */
  public allowClusterWide(verbs: string[], ...endpoints: kplus.IApiEndpoint[]): void {
    this.core.rights.allowClusterWide(verbs, endpoints);
  }

  /** Grants this workload an exception from a rule. */
  public waive(waiver: Waiver): void {
    this.core.waive(waiver);
  }

  /** The workload's service account, as bindings of roles name it: with its namespace, so that they may lie in another one. */
  public toSubjectConfiguration(): kplus.SubjectConfiguration {
    return { ...super.toSubjectConfiguration(), namespace: this.metadata.namespace };
  }

  /** Adds a container; one without a name gets one that no other has. */
  public addContainer(cont: kplus.ContainerProps): kplus.Container {
    return recordWish(super.addContainer(named(this, cont)), cont);
  }

  /** Adds an init container; one without a name gets one that no other has. */
  public addInitContainer(cont: kplus.ContainerProps): kplus.Container {
    return recordWish(super.addInitContainer(named(this, cont, 'init')), cont);
  }

  /** Called by an autoscaler that targets the workload: `replicas` is then left to it. */
  public markHasAutoscaler(): void {
    super.markHasAutoscaler();
    this.core.hasAutoscaler = true;
  }
}
