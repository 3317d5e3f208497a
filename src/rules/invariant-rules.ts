import { Severity } from '../kube/severity';

/**
 * What can be wrong with what a repository states of who reaches whom, in `.hardened.yaml`: asked under every pack, where
 * something is stated.
 */
export const INVARIANT_RULES = [
  /**
   * A statement of `.hardened.yaml` that the policies let down: who may not reach somebody does, or may; or who must, does not.
   *
   * Fields: invariants in .hardened.yaml, held against the NetworkPolicies and workloads of the input
   * Wanted: every statement holds for certain
   */
  {
    id: 'invariant-broken',
    title: 'What is stated of who reaches whom holds',
    severity: Severity.ERROR,
    advice: 'Narrow or add policies until it holds; or state what is to be.',
  },
  /**
   * A statement about somebody who is not there holds whatever the policies say: a slip of the pen protects nobody.
   *
   * Fields: invariants in .hardened.yaml
   * Wanted: peers that are in the input
   */
  {
    id: 'invariant-names-nobody',
    title: 'Every invariant names somebody',
    severity: Severity.ERROR,
    advice: 'Correct the name, or leave the statement out.',
  },
  /**
   * Where neither side is in the input, its policies decide nothing.
   *
   * Fields: invariants in .hardened.yaml
   * Wanted: at least one side in the input
   */
  {
    id: 'invariant-decides-nothing',
    title: 'Every invariant is about the manifests',
    severity: Severity.ERROR,
    advice: 'State it where the workloads of one side are.',
  },
  /**
   * What selects pods or lets connections in, and cannot be understood, may let anybody in: what is stated is not proved.
   *
   * Fields: NetworkPolicies, Services, workloads of the input, where something is stated
   * Wanted: each can be read whole
   */
  {
    id: 'invariant-unproven',
    title: 'Everything that decides who reaches whom is understood',
    severity: Severity.ERROR,
    advice: 'Mend it there: as long as it is not understood, no invariant is proved.',
  },
] as const;
