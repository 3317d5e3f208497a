import { FieldForm, fieldForms, holds } from './table';

/** What a value must look like in one version of Kubernetes. */
export type Shape = ScalarShape | ListShape | MapShape | EnumShape | ObjectShape;

export interface ScalarShape {
  readonly is: 'scalar';
  readonly letter: string;
}

export interface ListShape {
  readonly is: 'list';
  readonly of: Shape;
}

export interface MapShape {
  readonly is: 'map';
  readonly of: Shape;
}

export interface EnumShape {
  readonly is: 'enum';
  readonly values: readonly string[];
}

/** An object with named fields; they are read when they are first asked for, since types hold each other. */
export class ObjectShape {
  public readonly is = 'object';
  private read?: { fields: Map<string, Shape>; required: string[] };

  constructor(private readonly shapes: Shapes, public readonly type: string, private readonly minor: number) {}

  /** `Container`. */
  public get name(): string {
    return this.type.replace(/^.*\./, '');
  }

  public get fields(): ReadonlyMap<string, Shape> {
    return this.content.fields;
  }

  public get required(): readonly string[] {
    return this.content.required;
  }

  /** Every form that a field had or will have. */
  public history(field: string): FieldForm[] {
    return fieldForms(this.type).filter(({ name }) => name === field);
  }

  private get content(): { fields: Map<string, Shape>; required: string[] } {
    if (!this.read) {
      const forms = fieldForms(this.type).filter(form => holds(form, this.minor));
      const room = this.type.slice(0, this.type.lastIndexOf('.') + 1);
      this.read = {
        fields: new Map(forms.map(({ name, form }) => [name, this.shapes.parse(form, room)])),
        required: forms.filter(({ required }) => required).map(({ name }) => name),
      };
    }
    return this.read;
  }
}

/** The shapes of one version of Kubernetes. */
export class Shapes {
  private readonly known = new Map<string, Shape>();

  constructor(private readonly minor: number) {}

  /** The shape of a type: `core.v1.Container`. */
  public type(name: string): ObjectShape {
    return this.keep(name, () => new ObjectShape(this, name, this.minor)) as ObjectShape;
  }

  /** The shape that a form of the table says; `room` is where names without a dot are at home. */
  public parse(form: string, room: string): Shape {
    const inner = form.slice(1, -1);
    switch (form[0]) {
      case '[': return { is: 'list', of: this.parse(inner, room) };
      case '{': return { is: 'map', of: this.parse(inner, room) };
      case '<': return this.keep(form, () => ({ is: 'enum', values: inner.split(',') }));
    }
    if (form.length === 1 && form >= 'a') return this.keep(form, () => ({ is: 'scalar', letter: form }));
    return this.type(form.includes('.') ? form : room + form);
  }

  private keep(key: string, make: () => Shape): Shape {
    let shape = this.known.get(key);
    if (!shape) this.known.set(key, shape = make());
    return shape;
  }
}
