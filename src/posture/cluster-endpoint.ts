/**
 * Something that belongs to the cluster and not to the app: its DNS, its API server, an ingress controller, a
 * scraper of metrics. It is known by its pods, by its addresses, or by both.
 */
export interface ClusterEndpoint {
  /** What people call it, for annotations and messages: `Traefik`. */
  readonly title: string;

  /**
   * Labels that all of its pods have and no others.
   *
   * @default - every pod of the namespaces that are named; no pods where none are
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * The name of the namespace of its pods.
   *
   * @default - the namespaces that `namespaceLabels` select
   */
  readonly namespaceName?: string;

  /**
   * Labels of the namespaces of its pods.
   *
   * @default - the namespace that is named
   */
  readonly namespaceLabels?: { [key: string]: string };

  /**
   * The ranges that its addresses lie in, as `169.254.20.10/32`. Of a controller on the network of its nodes, and
   * of a load balancer outside of the cluster, these are all that a policy can know.
   *
   * @default - none: its pods are selected
   */
  readonly cidrs?: string[];

  /**
   * The TCP ports where it listens.
   *
   * @default - none; of ingress controllers, scrapers and webhook callers nobody asks
   */
  readonly tcpPorts?: number[];

  /**
   * The UDP ports where it listens.
   *
   * @default - none
   */
  readonly udpPorts?: number[];
}

/** What hands requests from outside of the cluster on to the backends of Ingresses. */
export interface IngressControllerEndpoint extends ClusterEndpoint {
  /**
   * The IngressClasses that it serves: only the backends of these accept it.
   *
   * @default - every Ingress
   */
  readonly ingressClassNames?: string[];
}

/** Where the API server of the cluster is reached. */
export interface ApiServerEndpoint {
  /**
   * The ranges that the API server's own addresses lie in: those of the control plane's nodes or of the managed
   * endpoint. `kubectl get endpointslices -l kubernetes.io/service-name=kubernetes` shows them.
   */
  readonly cidrs: string[];

  /**
   * The TCP port at these addresses.
   *
   * @default - the one of the ready profile: 6443 where the control plane runs on nodes, 443 where it is managed
   */
  readonly port?: number;
}
