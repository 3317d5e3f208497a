import { JsonObject } from '../kube/json';
import { SchemaFault } from '../kube/schema/fault';
import { validate } from '../kube/schema/validate';
import { Severity } from '../kube/severity';
import { Controls, Violation } from './pod-rule';

/** A manifest of any kind as rules see it. */
export class ManifestView {
  private faults?: readonly SchemaFault[];

  constructor(
    public readonly manifest: JsonObject,
    /** The minor version of Kubernetes that it is judged for. */
    public readonly minor: number,
  ) {}

  /** What the API's schema has against it; found once for all rules. */
  public get schemaFaults(): readonly SchemaFault[] {
    return this.faults ??= validate(this.manifest, this.minor);
  }
}

/** A rule about manifests of any kind: it says and checks one control. */
export interface ManifestRule {
  /** `family-subject` in kebab case, at most 50 characters; never renamed. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly controls?: Controls;
  /** What to do about a breach, in whole sentences. */
  readonly advice: string;
  /** The breaches of a manifest, with field paths from its root; the manifest is not changed. */
  check(object: ManifestView): Violation[];
}
