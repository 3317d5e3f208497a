import { Manifest } from '../kube/pod-spec';
import type { ManifestSet } from './manifest-set';
import type { Parameters } from './parameters';
import { RuleHead, Violation } from './rule';

/** A breach that one manifest shows only beside the others. */
export interface SetViolation extends Violation {
  /** The manifest that the finding is about: the one object of the set, not a copy. */
  readonly manifest: Manifest;
}

/** A rule about manifests that belong together: a Service and its pods, a workload and its budget, policies and whom they select. */
export interface SetRule extends RuleHead {
  /** The breaches, with field paths from the root of each manifest. Its time grows with the manifests, not with their pairs. */
  check(set: ManifestSet, parameters: Parameters): SetViolation[];
}
