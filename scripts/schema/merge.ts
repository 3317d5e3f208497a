import { Enums } from './go-enums';
import { NOT_REQUIRED } from './not-required';
import { Definition, Definitions } from './sources';

/** The group that API servers write for each other. */
const OWN_USE = 'internal.apiserver.k8s.io';

/** What holds in some of the versions only. */
export interface Ranged<T> {
  readonly value: T;
  /** The first and the last minor version of those that were read. */
  since: number;
  until: number;
}

/** The fields of a type: each with its forms over the versions, mostly one. */
export type Fields = Map<string, Field>;

export interface Field {
  /** Whether the last version that has it requires it: later OpenAPIs mended what the API server had done all along. */
  required: boolean;
  readonly forms: Array<Ranged<string>>;
}

/** All versions in one table. */
export class Merged {
  /** By `apps/v1` and `Deployment`: when it is there. */
  public readonly kinds = new Map<string, Map<string, Array<Ranged<true>>>>();
  /** By `apps.v1.DeploymentSpec`. */
  public readonly types = new Map<string, Fields>();
  private readonly notRequired = new Map<string, number>();

  /** Adds a version; they must come in their order. */
  public add(minor: number, definitions: Definitions, enums: Enums): void {
    const reached = new Set<string>();
    const reach = (name: string) => {
      if (reached.has(name)) return;
      reached.add(name);
      this.addType(minor, name, definitions, enums, reach);
    };
    for (const [name, definition] of Object.entries(definitions)) {
      if (!definition.properties?.metadata?.$ref?.endsWith('.ObjectMeta')) continue;
      for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
        const apiVersion = group ? `${group}/${version}` : version;
        if (group === OWN_USE) continue;
        // src/kube/schema/validate.ts finds the type of a kind by this name.
        const expected = `${group ? group.replace(/\..*$/, '') : 'core'}.${version}.${kind}`;
        if (shortName(name) !== expected) throw new Error(`the type of ${apiVersion} ${kind} is ${name}, not ${expected}`);
        extend(entry(entry(this.kinds, apiVersion, () => new Map()), kind, () => []), minor, true);
        reach(name);
      }
    }
  }

  /** Entries of the list that the newest version does not need. */
  public idle(newest: number): string[] {
    return NOT_REQUIRED.filter(field => this.notRequired.get(field) !== newest);
  }

  private isNotRequired(minor: number, field: string): boolean {
    if (!NOT_REQUIRED.includes(field)) return false;
    this.notRequired.set(field, minor);
    return true;
  }

  private addType(minor: number, name: string, definitions: Definitions, enums: Enums, reach: (name: string) => void): void {
    const { properties = {}, required = [], 'x-kubernetes-group-version-kind': kinds } = definitions[name];
    const fields = entry(this.types, shortName(name), () => new Map());
    for (const [field, definition] of Object.entries(properties)) {
      // Nobody writes the status of an object; what tools leave there is not judged.
      const isStatus = field === 'status' && kinds !== undefined;
      const type = isStatus ? 'o' : typeOf(definition, definitions, enums.get(`${shortName(name)}.${field}`), shortName(name), reach);
      const known = entry(fields, field, (): Field => ({ required: false, forms: [] }));
      known.required = required.includes(field) && !this.isNotRequired(minor, `${shortName(name).replace(/^.*\./, '')}.${field}`);
      extend(known.forms, minor, type);
    }
  }
}

/** One letter for each scalar; `[…]` a list, `{…}` a map, `<…>` an enum, else the name of a type. */
function typeOf(
  definition: Definition, definitions: Definitions, values: readonly string[] | undefined, home: string, reach: (name: string) => void,
): string {
  const inner = (part: Definition) => typeOf(part, definitions, values, home, reach);
  if (definition.$ref) {
    const name = definition.$ref.replace(/^.*\//, '');
    const special = SPECIAL[name.replace(/^.*\./, '')];
    if (special) return special;
    const target = definitions[name];
    if (!target.properties) return inner(target);
    reach(name);
    const [short, room] = [shortName(name), home.replace(/\w+$/, '')];
    return short.startsWith(room) ? short.slice(room.length) : short;
  }
  const type = [definition.type ?? []].flat().find(one => one !== 'null');
  switch (type) {
    case 'array': return `[${inner(definition.items!)}]`;
    case 'object': return definition.additionalProperties ? `{${inner(definition.additionalProperties)}}` : 'o';
    case 'integer': return definition.format === 'int32' ? 'i' : 'l';
    case 'number': return 'n';
    case 'boolean': return 'b';
    case 'string':
      if (definition.format === 'byte') return 'y';
      return values ? `<${[...values].sort().join(',')}>` : 's';
    default: return 'a';
  }
}

/** What the OpenAPI says less of than Kubernetes reads. */
const SPECIAL: Readonly<Record<string, string>> = {
  IntOrString: 'x',
  Quantity: 'q',
  Time: 't',
  MicroTime: 't',
  JSON: 'a',
  JSONSchemaPropsOrArray: 'a',
  JSONSchemaPropsOrBool: 'a',
  JSONSchemaPropsOrStringArray: 'a',
};

/** `core.v1.Container` of `io.k8s.api.core.v1.Container`. */
export function shortName(name: string): string {
  return name.split('.').slice(-3).join('.');
}

function extend<T>(ranges: Array<Ranged<T>>, minor: number, value: T): void {
  const last = ranges.at(-1);
  if (last && last.value === value && last.until === minor - 1) last.until = minor;
  else ranges.push({ value, since: minor, until: minor });
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  if (!map.has(key)) map.set(key, make());
  return map.get(key)!;
}
