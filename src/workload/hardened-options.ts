import { DerivedFlows } from '../network/derived-flows';
import { Waiver } from '../posture/waiver';
import { WorkloadDefaults } from '../posture/workload-defaults';
import { ContainerOptions } from './container-options';

/**
 * What every hardened workload takes besides the properties of its cdk8s-plus class. Everything of
 * WorkloadDefaults holds for this workload alone, over what SecurityDefaults say for the scopes around it.
 */
export interface HardenedOptions extends WorkloadDefaults {
  /**
   * Folders that its containers write to and whose files may be lost: each becomes an emptyDir volume, one for
   * each container that is no init container.
   *
   * @default - those of the images' profiles
   */
  readonly tempFolders?: string[];

  /**
   * The size of the volumes for folders whose files outlive the pod, such as those of a database's profile.
   * Only a StatefulSet makes volumes.
   *
   * @default - none: such a folder is an error that shows the ways out
   */
  readonly dataSize?: string;

  /**
   * The StorageClass of those volumes.
   *
   * @default - the cluster's default
   */
  readonly storageClassName?: string;

  /**
   * What single containers need, by their names.
   *
   * @default - nothing besides
   */
  readonly containerOptions?: { [container: string]: ContainerOptions };

  /**
   * Exceptions from rules.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * Which flows that follow from what it is are written by themselves: to DNS, to the API server, from ingress
   * controllers, scrapers and webhook callers.
   *
   * @default - all of them, as far as the cluster's profile knows the other side
   */
  readonly derivedFlows?: DerivedFlows;

  /**
   * Whether the pods run on Windows nodes: they get none of the fields that only Linux knows.
   *
   * @default false
   */
  readonly windows?: boolean;
}
