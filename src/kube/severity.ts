/**
 * How much a finding weighs.
 */
export enum Severity {
  /** Kubernetes or the organisation would refuse it, or the pod cannot start: synthesis stops. */
  ERROR = 'error',
  /** It runs, but less safely or less reliably than it could: shown, does not stop synthesis. */
  WARNING = 'warning',
}
