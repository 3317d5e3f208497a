import { Fault } from '../../kube/faults';
import { Manifest } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { Finding } from './finding';
import { compareFindings, findingText } from './finding-text';
import { Hardened } from './harden';

/** An ApiObject, as far as the seam needs one. */
export interface Serializable {
  toJson(): any;
}

const SEAM = Symbol.for('cdk8s-hardened.seam/1');

/** What hangs on an object whose `toJson` was wrapped. */
export interface Seam {
  /** The manifest as everybody but us writes it, and what hardening makes of it. */
  harden(): Hardened;
}

/** The seam of an object, if it has one. */
export function seamOf(object: object): Seam | undefined {
  return (object as { [SEAM]?: Seam })[SEAM];
}

/**
 * Wraps an object's `toJson`, once: what it returns is plain JSON after the user's own patches, with every
 * field kept, and what is thrown here arrives word for word.
 *
 * @param refuse throws when the outcome must not be written
 */
export function wrapToJson(object: Serializable, transform: (manifest: Manifest) => Hardened, refuse: (hardened: Hardened) => void): void {
  if (seamOf(object)) return;
  const original = object.toJson.bind(object);
  const seam: Seam = { harden: () => transform(original() as Manifest) };
  Object.defineProperty(object, SEAM, { value: seam });
  object.toJson = () => {
    const hardened = seam.harden();
    if (isRefused(hardened)) refuse(hardened);
    return hardened.manifest;
  };
}

/** Findings that count and faults: what stops synthesis. */
export function isRefused({ findings, faults }: Hardened): boolean {
  return faults.length > 0 || findings.some(counts);
}

function counts(finding: Finding): boolean {
  return finding.severity === Severity.ERROR && finding.waiver === undefined;
}

/** Everything that stops synthesis, in one error; what is wrong with one workload hides nothing of another. */
export class Refusal extends Error {
  constructor(outcomes: readonly Pick<Hardened, 'findings' | 'faults'>[]) {
    const findings = outcomes.flatMap(outcome => outcome.findings.filter(counts)).sort(compareFindings).map(findingText);
    const faults = outcomes.flatMap(outcome => outcome.faults.map((fault: Fault) => fault.message)).sort();
    const lines = [...new Set([...faults, ...findings])];
    super(lines.length === 1 ? lines[0] : `${lines.length} errors:\n${lines.map(line => `  ${line}`).join('\n')}`);
    this.name = 'HardeningError';
  }
}
