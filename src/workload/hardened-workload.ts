import type * as kplus from 'cdk8s-plus-27';
import { ConnectOptions } from '../network/connect-options';
import { IPeer } from '../network/peer';
import { Waiver } from '../posture/waiver';
import { Finding } from '../rules/harden/finding';
import { DataFolderOptions, SecretFolderOptions, SeededFolderOptions, ServiceAccountTokenOptions, TempFolderOptions } from './container-options';

/**
 * What every hardened workload can do besides what its cdk8s-plus class can.
 */
export interface IHardenedWorkload extends IPeer {
  /**
   * What hardening has to say of the workload as it is now: breaches that a waiver allows, and what only a
   * person can decide, such as probes, a memory limit, or the user of an unknown image.
   *
   * @throws what synthesis would throw
   */
  readonly findings: Finding[];

  /**
   * Lets this workload connect to another one. Both sides are written, each in its own namespace; saying it
   * twice, or from the other side too, changes nothing.
   *
   * @param target a hardened workload, or a `Peer`
   * @param options ports; without any, the one that clients of the target use
   */
  connectTo(target: IPeer, options?: ConnectOptions): void;

  /**
   * Lets another workload connect to this one: `connectTo` from the other side.
   *
   * @param source a hardened workload, or a `Peer`
   * @param options ports of this workload
   */
  acceptFrom(source: IPeer, options?: ConnectOptions): void;

  /**
   * Lets the replicas of this workload connect to each other: the same as `connectTo` itself. Clusters of databases
   * need it wherever both directions are closed.
   *
   * @param options ports; without any, the one that clients use
   */
  connectReplicas(options?: ConnectOptions): void;

  /**
   * Makes a folder writable whose files may be lost with the pod: an emptyDir volume with a size limit.
   *
   * @param path the absolute path in the container
   * @param options size limit, medium, and the containers that share it
   */
  addTempFolder(path: string, options?: TempFolderOptions): void;

  /**
   * Makes a folder writable whose files outlive the pod: a volume claim, which a StatefulSet makes itself.
   *
   * @param path the absolute path in the container
   * @param options the size, or the claim that exists
   */
  addDataFolder(path: string, options?: DataFolderOptions): void;

  /**
   * Makes a folder writable that the image brings with files in it: they are copied into an emptyDir volume
   * before the application starts.
   *
   * @param path the absolute path in the container
   * @param options size limit and container
   */
  addSeededFolder(path: string, options?: SeededFolderOptions): void;

  /**
   * Gives containers a Secret as files, read-only, each key a file: what is in the environment instead is handed on to
   * every child process, and stays as it was when the Secret changes.
   *
   * @param path the absolute path of the folder in the container
   * @param secret the Secret
   * @param options keys, and the containers that see it
   */
  addSecretFolder(path: string, secret: kplus.ISecret, options?: SecretFolderOptions): void;

  /**
   * Gives every container a token by which a third party recognises the workload. It is no good at the API
   * server, whose own token comes with the rights that are granted to the workload's service account.
   *
   * @param options audience and path
   */
  addServiceAccountToken(options: ServiceAccountTokenOptions): void;

  /**
   * Grants rights on objects or kinds of the workload's own namespace, and gives it a token. All its rights stand
   * in one Role. Wildcards, `escalate`, `bind`, `impersonate`, listing Secrets, `pods/exec` and making tokens need a
   * waiver.
   *
   * @param verbs such as `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`
   * @param resources objects of cdk8s-plus, its `ApiResource`s, or an `RbacResource`
   * @throws a fault for a verb or resource that there is not, an object of another namespace, and what lies in none
   */
  allow(verbs: string[], ...resources: kplus.IApiResource[]): void;

  /**
   * Lets the workload read objects of its namespace, or all of a kind: get, list and watch. Of a single Secret it
   * is get alone; better still is mounting it.
   *
   * @param resources objects of cdk8s-plus, its `ApiResource`s, or an `RbacResource`
   */
  allowRead(...resources: kplus.IApiResource[]): void;

  /**
   * Lets the workload read and change objects of its namespace (get, list, watch, update, patch), or also make and
   * delete those of a kind.
   *
   * @param resources objects of cdk8s-plus, its `ApiResource`s, or an `RbacResource`
   */
  allowReadWrite(...resources: kplus.IApiResource[]): void;

  /**
   * Grants rights in the whole cluster: on what lies in no namespace, such as nodes, on a kind in every namespace,
   * or on a path of the API server.
   *
   * @param verbs such as `get`, `list`, `watch`
   * @param endpoints `ApiResource`s or `NonApiResource`s of cdk8s-plus, or an `RbacResource`
   * @throws a fault where the workload does not say its namespace, or an object is named that lies in one
   */
  allowClusterWide(verbs: string[], ...endpoints: kplus.IApiEndpoint[]): void;

  /**
   * Grants this workload an exception from a rule.
   *
   * @param waiver rule, reason and owner
   */
  waive(waiver: Waiver): void;
}
