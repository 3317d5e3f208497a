/** How far the pods of a namespace may connect to what nobody has named. */
export enum EgressStance {
  /** To nothing: every connection is declared, and opened on both sides. */
  STRICT = 'strict',
  /**
   * To everything inside of the cluster, as far as the other side lets them in; what is outside is named. A pod that
   * was taken over then reaches whatever in the cluster is not closed itself.
   */
  IN_CLUSTER = 'in-cluster',
}
