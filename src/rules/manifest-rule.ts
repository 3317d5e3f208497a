import { JsonObject } from '../kube/json';
import { SchemaFault } from '../kube/schema/fault';
import { validate } from '../kube/schema/validate';
import type { Parameters } from './parameters';
import { RuleHead, Violation } from './rule';

/** A manifest of any kind as rules see it. */
export class ManifestView {
  private faults?: readonly SchemaFault[];

  constructor(
    public readonly manifest: JsonObject,
    /** The minor version of Kubernetes that it is judged for. */
    public readonly minor: number,
    /** What the organisation decided. */
    public readonly parameters: Parameters = {},
  ) {}

  /** What the API's schema has against it; found once for all rules. */
  public get schemaFaults(): readonly SchemaFault[] {
    return this.faults ??= validate(this.manifest, this.minor);
  }
}

/** A rule about manifests of any kind: it says and checks one control. */
export interface ManifestRule extends RuleHead {
  /** The kinds that it is about: the others are not asked. @default - all */
  readonly kinds?: readonly string[];
  /** Tells whether a manifest of these kinds holds what the rule is about; asked once for all rules that have the same. @default - it does */
  readonly isAbout?: (manifest: JsonObject) => boolean;
  /** The breaches of a manifest, with field paths from its root; the manifest is not changed. */
  check(object: ManifestView): Violation[];
}
