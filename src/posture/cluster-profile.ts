import { defined } from '../kube/json';
import { ClusterFacts } from './cluster-facts';
import { ClusterProfileProps } from './cluster-props';
import { aks } from './clusters/aks';
import { eks } from './clusters/eks';
import { gkeDataplaneV1, gkeDataplaneV2 } from './clusters/gke';
import { k3s } from './clusters/k3s';
import { kind } from './clusters/kind';
import { kubeadm } from './clusters/kubeadm';
import { openShift } from './clusters/open-shift';
import { resolveCluster } from './resolve-cluster';

/**
 * What is known of the cluster that the manifests are for, so that flows to what the cluster itself runs can be
 * written, and what it cannot enforce is an error. Set once, by `SecurityDefaults`.
 *
 * The ready profiles hold what is fixed in such a cluster; what differs from one to the next has to be said, and
 * everything can be said otherwise.
 *
 * @example
 * declare const app: cdk8s.App;
 * SecurityDefaults.of(app).set({
 *   cluster: ClusterProfile.gkeDataplaneV2({
 *     kubernetesVersion: '1.33',
 *     podCidrs: ['10.4.0.0/14'],
 *     nodeCidrs: ['10.128.0.0/20'],
 *     apiServer: { cidrs: ['172.16.0.0/28'] },
 *   }),
 * });
 */
export class ClusterProfile {
  /**
   * A cluster made by kubeadm, with a network plugin of your choice.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static kubeadm(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(kubeadm(defined(props)));
  }

  /**
   * A cluster of kind, with its own network plugin, which enforces policies from kind 0.24 on.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static kind(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(kind(defined(props)));
  }

  /**
   * A cluster of k3s with what it brings: Flannel with the policies of kube-router, CoreDNS, Traefik.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static k3s(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(k3s(defined(props)));
  }

  /**
   * Google Kubernetes Engine with Dataplane V1 and network policy enforcement switched on.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static gkeDataplaneV1(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(gkeDataplaneV1(defined(props)));
  }

  /**
   * Google Kubernetes Engine with Dataplane V2, Autopilot among it.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static gkeDataplaneV2(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(gkeDataplaneV2(defined(props)));
  }

  /**
   * Amazon EKS with the VPC CNI and its network policies switched on.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static eks(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(eks(defined(props)));
  }

  /**
   * Azure Kubernetes Service with Azure CNI powered by Cilium.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static aks(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(aks(defined(props)));
  }

  /**
   * OpenShift 4 with OVN-Kubernetes.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static openShift(props: ClusterProfileProps = {}): ClusterProfile {
    return new ClusterProfile(openShift(defined(props)));
  }

  /**
   * Any other cluster, of which nothing is known but what is said here and that its DNS is where most have it.
   *
   * @throws a fault where a range, a label, a port or a version is none.
   */
  public static of(props: ClusterProfileProps): ClusterProfile {
    return new ClusterProfile({ title: 'this cluster', ...defined(props) });
  }

  /**
   * What follows from what was said: plain data.
   *
   * @internal
   */
  public readonly _facts: ClusterFacts;

  private constructor(props: ClusterProfileProps) {
    this._facts = resolveCluster(props);
  }
}
