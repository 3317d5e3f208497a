import { Fault } from '../../kube/faults';
import { Manifest } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { Finding } from './finding';
import { compareFindings, findingText } from './finding-text';
import { Hardened } from './harden';

/** An ApiObject, as far as the seam needs one. */
export interface Serializable {
  readonly node: { readonly path: string };
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
  const seam: Seam = { harden: () => transform(patched(object, original)) };
  Object.defineProperty(object, SEAM, { value: seam });
  object.toJson = () => {
    const hardened = seam.harden();
    if (isRefused(hardened)) refuse(hardened);
    return hardened.manifest;
  };
}

/** One of cdk8s's JSON patches, as far as it is needed here. */
interface Patch {
  readonly constructor: { apply(document: object, ...patches: readonly Patch[]): object };
  _toJson(): { readonly op: string; readonly path: string };
}

/**
 * What the object writes with the user's patches laid on last. The generated classes of cdk8s-plus lay them on
 * before their own serializer, which knows one version of Kubernetes and drops every other field in silence.
 */
function patched(object: Serializable, original: () => object): Manifest {
  const holder = object as { patches?: readonly Patch[] };
  const { patches } = holder;
  if (!Array.isArray(patches) || !patches.length) return original() as Manifest;
  let manifest: Manifest;
  try {
    holder.patches = [];
    manifest = original() as Manifest;
  } finally {
    holder.patches = patches;
  }
  return patches.reduce((document: Manifest, patch) => laidOn(document, patch, object.node.path), manifest);
}

function laidOn(document: Manifest, patch: Patch, where: string): Manifest {
  try {
    return patch.constructor.apply(document, patch) as Manifest;
  } catch {
    const { op, path } = patch._toJson();
    throw new Fault({
      where,
      what: `the JSON patch '${op} ${path}' does not fit the manifest`,
      id: 'json-patch-invalid',
      advice: 'Its path starts at the manifest as Kubernetes reads it, such as /spec/template/spec/containers/0/env.',
    });
  }
}

/** Findings that count and faults: what stops synthesis. */
export function isRefused({ findings, faults }: Hardened): boolean {
  return faults.length > 0 || findings.some(counts);
}

function counts(finding: Finding): boolean {
  return finding.severity === Severity.ERROR && finding.waiver === undefined;
}

/** More than that nobody reads at once; a default that is missing everywhere says the same of every workload. */
const MOST_SHOWN = 100;

/** Everything that stops synthesis, in one error; what is wrong with one workload hides nothing of another. */
export class Refusal extends Error {
  constructor(outcomes: readonly Pick<Hardened, 'findings' | 'faults'>[]) {
    const findings = outcomes.flatMap(outcome => outcome.findings.filter(counts)).sort(compareFindings).map(findingText);
    const faults = outcomes.flatMap(outcome => outcome.faults.map((fault: Fault) => fault.message)).sort();
    const lines = [...new Set([...faults, ...findings])];
    const shown = lines.slice(0, MOST_SHOWN).map(line => `  ${line}`);
    const rest = lines.length > MOST_SHOWN ? [`  … and ${lines.length - MOST_SHOWN} more`] : [];
    super(lines.length === 1 ? lines[0] : [`${lines.length} errors:`, ...shown, ...rest].join('\n'));
    this.name = 'HardeningError';
  }
}
