import { suggestion } from '../faults';
import { fieldPath } from './fault';
import { ObjectShape } from './shapes';
import { FieldForm } from './table';

/** Lists of more names than this help nobody. */
const FEW = 12;

/**
 * What to say of a field that its type does not have: another version has it, or it is misspelt, or it belongs
 * a level down or further up. `around` are the types from the manifest down to the field's own.
 */
export function unknownField(
  key: string, around: readonly ObjectShape[], path: ReadonlyArray<string | number>, minor: number,
): [what: string, advice: string] {
  const shape = around[around.length - 1];
  const [form] = shape.history(key).sort((a, b) => a.since - b.since);
  if (form) return otherVersion(form, shape, minor);
  return [`is no field of ${shape.name}`, spelling(key, shape) ?? below(key, shape) ?? above(key, around, path) ?? choices(shape)];
}

function otherVersion({ since, until }: FieldForm, { name }: ObjectShape, minor: number): [string, string] {
  return since > minor
    ? [`is a field of ${name} since Kubernetes 1.${since}, and this is 1.${minor}`, `Remove it, or say that the cluster is of 1.${since} or later.`]
    : [`is no field of ${name} since Kubernetes 1.${until + 1}`, 'Remove it.'];
}

function spelling(key: string, { fields }: ObjectShape): string | undefined {
  const names = [...fields.keys()];
  const meant = names.find(name => name.toLowerCase() === key.toLowerCase()) ?? suggestion(key, names);
  return meant && `Did you mean '${meant}'?`;
}

/** Where the field stands one level down or two, if that is one place only; of the lists of containers, in the first. */
function below(key: string, shape: ObjectShape): string | undefined {
  const place = placeBelow(key, shape);
  return place && `Did you mean '${place}'?`;
}

function placeBelow(key: string, shape: ObjectShape): string | undefined {
  let level: Array<[path: string, shape: ObjectShape]> = [['', shape]];
  for (let depth = 0; depth < 2; depth++) {
    level = level.flatMap(([path, { fields }]) => [...fields].flatMap(([name, field]): typeof level => {
      const inner = field.is === 'list' ? field.of : field;
      return inner.is === 'object' ? [[`${path}${name}${field.is === 'list' ? '[]' : ''}.`, inner]] : [];
    }));
    const found = level.filter(([, { fields }]) => fields.has(key)).map(([path]) => path + key);
    const [best] = found.filter(path => found.length === 1 || path.startsWith('containers[]'));
    if (found.length) return best;
  }
  return undefined;
}

/** Where a type further out has the field itself; else where one of its containers has it. */
function above(key: string, around: readonly ObjectShape[], path: ReadonlyArray<string | number>): string | undefined {
  const nearest = (field: string) => around.slice(0, -1).map(({ fields }) => fields.has(field)).lastIndexOf(true);
  const holder = nearest(key);
  if (holder >= 0) return `Did you mean '${placeOf(holder, path, key)}'?`;
  const pod = nearest('containers');
  const place = pod >= 0 ? placeBelow(key, around[pod]) : undefined;
  return place?.startsWith('containers[]') ? `Did you mean '${placeOf(pod, path, place)}'?` : undefined;
}

/** The path of a field of the nth type on the way: one key a type, and positions in lists. */
function placeOf(depth: number, path: ReadonlyArray<string | number>, key: string): string {
  let types = 0;
  const end = path.findIndex(step => typeof step === 'string' && types++ === depth);
  return `${end > 0 ? `${fieldPath(path.slice(0, end))}.` : ''}${key}`;
}

function choices({ fields, name }: ObjectShape): string {
  const names = [...fields.keys()];
  return names.length <= FEW ? `Remove it; ${name} has ${names.join(', ')}.` : 'Remove it, or correct its name.';
}
