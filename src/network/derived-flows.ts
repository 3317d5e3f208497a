/**
 * Which flows are written by themselves for a workload, since they follow from what it is. Each joins those that are
 * declared, once a direction of the workload is closed: by a flow that is declared, or by its SecureNamespace.
 *
 * All but DNS need to know the cluster: without a `ClusterProfile` they are not written.
 */
export interface DerivedFlows {
  /**
   * To the DNS of the cluster, from every workload whose egress is closed.
   *
   * @default true
   */
  readonly dns?: boolean;

  /**
   * To the API server, from a workload whose service account was granted rights. Where the cluster's profile does
   * not know its addresses, that is an error.
   *
   * @default true
   */
  readonly apiServer?: boolean;

  /**
   * From the ingress controllers, to the backend of an Ingress: to the ports of the containers behind the Service.
   * Where the cluster's profile knows none and nobody else may connect there, that is an error.
   *
   * @default true
   */
  readonly ingressController?: boolean;

  /**
   * From the scrapers of metrics, if the cluster's profile knows any: to ports that are named `metrics`, or so at the
   * beginning or end (`http-metrics`), and to the port of the annotations `prometheus.io/scrape` and
   * `prometheus.io/port`.
   *
   * @default true
   */
  readonly prometheus?: boolean;

  /**
   * From the API server, to the backend of an admission or conversion webhook, or of an aggregated API. Where the
   * cluster's profile does not know from where it calls and nobody else may connect there, that is an error.
   *
   * @default true
   */
  readonly webhookCallers?: boolean;
}
