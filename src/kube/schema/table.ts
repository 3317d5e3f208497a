import { LIFECYCLES, TYPES, KINDS } from './data';

/** The minor versions in which something is there; both ends belong to it. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

/** When an API version of a kind was or will be deprecated and removed. */
export interface Lifecycle {
  readonly deprecated: number;
  readonly removed?: number;
  /** `networking.k8s.io/v1 Ingress`. */
  readonly replacement?: string;
}

/** A field of a type, in one of the forms that it had over the versions. */
export interface FieldForm extends Span {
  readonly name: string;
  readonly required: boolean;
  /** One letter for a scalar, `[…]` a list, `{…}` a map, `<…>` an enum, else the name of a type. */
  readonly form: string;
}

/** By API version and kind: when it is there. */
export const kinds = lazy(() => new Map(lines(KINDS).map(line => {
  const [apiVersion, ...names] = line.split(' ');
  const spans = new Map<string, Span[]>();
  for (const name of names) {
    const [kind, range] = name.split('@');
    spans.set(kind, [...spans.get(kind) ?? [], spanOf(range)]);
  }
  return [apiVersion, spans];
})));

/** By API version and kind, with a space between. */
export const lifecycles = lazy(() => new Map(lines(LIFECYCLES).map(line => {
  const [apiVersion, kind, deprecated, removed, ...replacement] = line.split(' ');
  const lifecycle: Lifecycle = {
    deprecated: Number(deprecated),
    removed: removed === '-' ? undefined : Number(removed),
    replacement: replacement.join(' ') || undefined,
  };
  return [`${apiVersion} ${kind}`, lifecycle];
})));

/** The lines of types, unread: few of them are needed in one run. */
const types = lazy(() => new Map(lines(TYPES).map(line => {
  const space = line.indexOf(' ');
  return space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
})));

/** Every form of every field of a type. */
export function fieldForms(type: string): FieldForm[] {
  const line = types().get(type);
  if (line === undefined) throw new Error(`no type ${type}`);
  return line === '' ? [] : line.split(';').map(field => {
    const [, name, range, required, form] = /^([^@!:]+)(?:@([\d-]+))?(!?):(.*)$/.exec(field)!;
    return { name, required: required !== '', form, ...spanOf(range) };
  });
}

/** Whether something is there in a minor version. */
export function holds({ since, until }: Span, minor: number): boolean {
  return since <= minor && minor <= until;
}

/** `28-30`, `28`, `-30`, or nothing for always. */
function spanOf(range: string | undefined): Span {
  const [since, until] = (range ?? '').split('-');
  return { since: since ? Number(since) : 0, until: until ? Number(until) : Infinity };
}

function lines(text: string): string[] {
  return text.trim().split('\n');
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => made ??= make();
}
