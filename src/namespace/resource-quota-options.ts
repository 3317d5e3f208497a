/**
 * How the ResourceQuota of a namespace is worked out from what the app puts into it. Whatever comes into the namespace
 * without being part of the app, such as another release, a sidecar that a mesh injects, or what an operator makes,
 * needs headroom.
 */
export interface ResourceQuotaOptions {
  /**
   * How much more than the app needs is allowed, in percent: of pods, CPU, memory, disk and volumes, not of ports that
   * are opened to the outside.
   *
   * @default 0
   */
  readonly headroomPercent?: number;

  /**
   * The most nodes that a DaemonSet in the namespace runs on.
   *
   * @default - unknown: a DaemonSet is a fault
   */
  readonly nodes?: number;

  /**
   * The most Jobs of one CronJob that run at the same time, where its `concurrencyPolicy` is `Allow`.
   *
   * @default - unknown: such a CronJob is a fault
   */
  readonly jobsPerCronJob?: number;
}
