import { suggestion } from '../faults';
import { JsonObject, isObject } from '../json';
import { SchemaFault, SchemaFaultKind, fieldPath } from './fault';
import { unknownField } from './field-advice';
import { EMPTY } from './fits';
import { SCALARS, adviceOn, nameOf } from './scalars';
import { EnumShape, ObjectShape, Shape } from './shapes';

/** More values than these are not listed in a message. */
const FEW = 10;

/** One way through a manifest, with the keys that led to where it is: finds what `fits` only tells of, in words. */
export class Walk {
  private readonly path: Array<string | number> = [];
  private readonly around: ObjectShape[] = [];

  constructor(private readonly faults: SchemaFault[], private readonly minor: number) {}

  public object(value: JsonObject, shape: ObjectShape): void {
    this.around.push(shape);
    this.fields(value, shape);
    this.missing(value, shape);
    this.around.pop();
  }

  private fields(value: JsonObject, { fields }: ObjectShape): void {
    for (const key of Object.keys(value)) {
      const inner = value[key];
      if (inner === undefined) continue;
      this.path.push(key);
      const field = fields.get(key);
      if (field) this.value(inner, field);
      else this.fault('unknown-field', ...unknownField(key, this.around, this.path, this.minor));
      this.path.pop();
    }
  }

  private missing(value: JsonObject, shape: ObjectShape): void {
    for (const key of shape.required) {
      if (value[key] !== undefined && value[key] !== null) continue;
      this.path.push(key);
      this.fault('missing-field', `is missing, and ${shape.name} cannot be without it`, 'Write it.');
      this.path.pop();
    }
  }

  /** The API server reads null as if nothing were written, in a list as an empty element. */
  private value(value: unknown, shape: Shape): void {
    switch (shape.is) {
      case 'scalar':
        if (value !== null && !SCALARS[shape.letter].accepts(value)) this.scalar(value, shape.letter);
        return;
      case 'enum':
        // An empty field is filled in; an empty element of a list is not.
        if (value !== null && (value !== '' || typeof this.path[this.path.length - 1] === 'number')) this.enum(value, shape);
        return;
      case 'object':
        if (isObject(value)) this.object(value, shape);
        else if (value !== null) this.fault('wrong-type', `is ${nameOf(value)} where an object is wanted`, `Write the fields of ${shape.name} below it.`);
        return;
      case 'list':
        if (Array.isArray(value)) value.forEach((item, i) => this.inside(i, item ?? EMPTY[shape.of.is] ?? null, shape.of));
        else if (value !== null) this.fault('wrong-type', `is ${nameOf(value)} where a list is wanted`, "Write a list: each element after '- '.");
        return;
      case 'map':
        if (isObject(value)) for (const key of Object.keys(value)) this.inside(key, value[key], shape.of);
        else if (value !== null) this.fault('wrong-type', `is ${nameOf(value)} where a map is wanted`, "Write each entry as 'key: value'.");
    }
  }

  private inside(step: string | number, value: unknown, shape: Shape): void {
    this.path.push(step);
    this.value(value, shape);
    this.path.pop();
  }

  private scalar(value: unknown, letter: string): void {
    const what = typeof value === 'string' && 'qty'.includes(letter)
      ? `is a string, but not ${SCALARS[letter].name}` : `is ${nameOf(value)} where ${SCALARS[letter].name} is wanted`;
    this.fault('wrong-type', what, adviceOn(letter, value));
  }

  private enum(value: unknown, { values }: EnumShape): void {
    if (typeof value !== 'string') return this.scalar(value, 's');
    if (values.includes(value)) return;
    const meant = values.find(one => one.toLowerCase() === value.toLowerCase()) ?? suggestion(value, values);
    const choices = values.length <= FEW ? `which is none of ${values.join(', ')}` : 'which is not allowed here';
    this.fault('wrong-value', `is '${value}', ${choices}`, meant ? `Did you mean '${meant}'?` : values.length <= FEW ? 'Write one of these.' : `Write one of ${values.slice(0, FEW).join(', ')} …`);
  }

  private fault(kind: SchemaFaultKind, what: string, advice: string): void {
    this.faults.push({ kind, field: fieldPath(this.path), what, advice });
  }
}
