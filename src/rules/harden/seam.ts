import type { IConstruct } from 'constructs';
import { Fault } from '../../kube/faults';
import { Manifest } from '../../kube/pod-spec';
import { Settled, isSettled, onceSettled } from '../../posture/synthesis';
import { Hardened } from './harden';
import { Outcome, Refusal, errorsOf } from './refusal';

/** An ApiObject, as far as the seam needs one. */
export interface Serializable extends IConstruct {
  toJson(): any;
}

const SEAM = Symbol.for('cdk8s-hardened.seam/1');

/** What hangs on an object whose `toJson` was wrapped. */
export interface Seam {
  /** What is found stops nothing; faults do. @default false */
  readonly advisory?: boolean;
  /** What is written until the synthesis ends, when it is known that nothing stops it; found in one step by whoever writes thousands. */
  settled?: Settled<Manifest>;
  /** The manifest as everybody but us writes it, the user's patches laid on. */
  written(): Manifest;
  /** What hardening makes of it. */
  harden(): Hardened;
}

/** The seam of an object, if it has one. */
export function seamOf(object: object): Seam | undefined {
  return (object as { [SEAM]?: Seam })[SEAM];
}

const OTHERWISE = new WeakSet<object>();

/** Has an object written in another way that comes to the same: whoever wraps its `toJson` finds it as if it were its own. */
export function writeOtherwise(object: Serializable, write: () => Manifest): void {
  object.toJson = write;
  OTHERWISE.add(object);
}

/**
 * Wraps an object's `toJson`, once: what it returns is plain JSON after the user's own patches, with every
 * field kept, and what is thrown here arrives word for word.
 *
 * @param transform is handed a way to what is written, which may cost more than what is made of it
 * @param advisory tells whether findings stop nothing; asked at synthesis
 */
export function wrapToJson(object: Serializable, transform: (written: () => Manifest) => Hardened, advisory: () => boolean = () => false): void {
  if (seamOf(object)) return;
  // What somebody has wrapped lays the patches on where he wants them.
  const isWrapped = Object.hasOwn(object, 'toJson') && !OTHERWISE.has(object);
  const original = object.toJson.bind(object);
  const seam: Seam = {
    written: () => isWrapped ? original() as Manifest : patched(object, original),
    harden: () => onceSettled(object, seam, () => transform(seam.written)),
    get advisory() {
      return advisory();
    },
  };
  Object.defineProperty(object, SEAM, { value: seam });
  object.toJson = () => seam.settled?.now ?? unrefused(object, seam);
}

/** Has an object written as it is known to be, as long as the synthesis that is running lasts; nothing stops that. */
export function settle(object: Serializable, manifest: Manifest): void {
  if (isSettled(object)) seamOf(object)!.settled = new Settled(manifest);
}

function unrefused(object: Serializable, seam: Seam): Manifest {
  const hardened = seam.harden();
  if (stops(seam, hardened)) refuse(object, hardened);
  return hardened.manifest;
}

function stops({ advisory }: Seam, outcome: Outcome): boolean {
  return outcome.faults.length > 0 || (!advisory && errorsOf(outcome).length > 0);
}

const REFUSING = new WeakSet<IConstruct>();

/** Refuses with everything that is wrong anywhere in the app, at once: what is wrong with one object hides nothing of another. */
function refuse({ node: { root } }: IConstruct, outcome: Outcome): never {
  // Who is asked what he writes may ask in turn: a namespace asks what lies in it.
  if (REFUSING.has(root)) throw new Refusal([outcome]);
  REFUSING.add(root);
  try {
    throw new Refusal(root.node.findAll().flatMap(outcomesAt));
  } finally {
    REFUSING.delete(root);
  }
}

function outcomesAt(construct: IConstruct): Outcome[] {
  const seam = seamOf(construct);
  if (!seam) return [];
  try {
    const outcome = seam.harden();
    return stops(seam, outcome) ? [outcome] : [];
  } catch (fault) {
    return fault instanceof Fault ? [{ findings: [], faults: [fault] }] : [];
  }
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
