import { exportsOf } from './api/exports';
import * as members from './api/members';
import { Door, doorOf, realDoor } from './api/program';

const NONE: string[] = [];

/** All complaints of one check about all types that a door lets out. */
function complaints(check: (door: Door, type: ReturnType<typeof exportsOf>['types'][number]) => string[], door: Door): string[] {
  return exportsOf(door).types.flatMap(type => check(door, type));
}

describe('the public API', () => {
  const door = realDoor();

  test('is made of classes, interfaces and enums', () => {
    expect(exportsOf(door).complaints).toEqual(NONE);
    expect(exportsOf(door).types).not.toHaveLength(0);
  });

  test('says of each type and member what it is', () => {
    expect(complaints(members.undocumented, door)).toEqual(NONE);
  });

  test('says of each option what holds without it', () => {
    expect(complaints(members.withoutDefault, door)).toEqual(NONE);
  });

  test('names data and behaviour as jsii tells them apart', () => {
    expect(complaints(members.misnamed, door)).toEqual(NONE);
  });

  test('has no names that another language reserves or lifts', () => {
    expect(complaints(members.reserved, door)).toEqual(NONE);
    expect(complaints(members.clashing, door)).toEqual(NONE);
  });
});

describe('a bad API is told what is wrong', () => {
  const index = (text: string) => doorOf({ 'src/index.ts': text });

  test.each([
    ['/** D. */ export function f() {}', 'a function'],
    ['export const c = 1;', 'a variable'],
    ['export type T = string;', 'a type alias'],
    ['export const enum E { A }', 'a enum'],
    ['export namespace n { export class C {} }', 'a module'],
    ['/** D. */ export class C {}\nexport namespace C { export const x = 1; }', 'a module'],
  ])('a leak: %s', (text, kind) => {
    expect(exportsOf(index(text)).complaints).toEqual([expect.stringContaining(kind)]);
  });

  test('leaks behind stars, submodules and other names', () => {
    const door = doorOf({
      'src/index.ts': "export * from './a';\nexport * as b from './b';\nexport { A as Other } from './a';",
      'src/a.ts': 'export class A {}\nexport const leak = 1;',
      'src/b.ts': "export class B {}\nexport function leak() {}\nexport { A } from './a';",
    });
    expect(exportsOf(door).types.map(({ name }) => name)).toEqual(['b.B', 'b.A', 'Other', 'A']);
    expect(exportsOf(door).complaints).toEqual([
      expect.stringContaining('src/b.ts:2 exports b.leak, a function'),
      expect.stringContaining('src/index.ts:3 exports A under another name'),
      expect.stringContaining('src/a.ts:2 exports leak, a variable'),
      expect.stringContaining('exported twice, as b.A and as Other'),
      expect.stringContaining('exported twice, as Other and as A'),
    ]);
  });

  test('silence', () => {
    const door = index(`
      export class C { a = 1; private b = 1; #c = 1; constructor() {}
        /** @internal */ _d() {}
        protected e() {}
        get f() { return 1; } set f(v) {}
        /** Said. */ get g() { return 1; } set g(v) {} }
      /** Said. */ export enum E { A,
        /** Said. */ B }
      /** Said. */ export interface I { readonly x: string; }
      /** Said. */ export class Base {
        /** Said. */ m() {} }
      /** Said. */ export class Derived extends Base { m() {} }`);
    expect(complaints(members.undocumented, door).map(text => text.split(' ')[1])).toEqual(['C', 'C.a', 'C.e', 'C.f', 'E.A', 'I.x']);
  });

  test('an option without a default', () => {
    const door = index(`export interface P { readonly a?: string;
      /** @default */ readonly b?: string;
      /** @default - none */ readonly c?: string;
      readonly d: string }
      export interface IBehaves { readonly e?: string; m(): void }`);
    expect(complaints(members.withoutDefault, door)).toEqual([expect.stringContaining('P.a is optional'), expect.stringContaining('P.b is optional')]);
  });

  test('data that says it behaves, behaviour that says it is data', () => {
    const door = index(`export interface IData { readonly a: string }
      export interface Does { m(): void }
      export interface Settable { a: string }
      export interface IDoes { m(): void }
      export interface IMore extends IDoes { readonly a: string }
      export interface Ingress { readonly a: string }`);
    expect(complaints(members.misnamed, door).map(text => text.split(' ')[1])).toEqual(['IData', 'Does', 'Settable']);
  });

  test('reserved words, of members and of parameters', () => {
    const door = index(`export class C { constructor(from: string) {} except() {} m(lambda: string, fine: string) {} private global = 1; }
      export interface P { readonly default: string;
        /** @jsii suppress JSII5018 */ readonly namespace: string;
        /** @jsii suppress JSII5019 */ readonly global: string }
      export enum E { None }`);
    expect(complaints(members.reserved, door).map(text => text.split(' ')[2])).toEqual(['except', 'from', 'lambda', 'default', 'global']);
    expect(complaints(members.reserved, door)[0]).toMatch(/src\/index.ts:1 C: except is a reserved word in .*Python/);
  });

  test('a parameter that its own options hold', () => {
    const door = index(`export interface P { readonly name: string }
      export interface Q extends P {}
      export class C { m(name: string, props?: Q) {} n(other: string, props: P) {} }`);
    expect(complaints(members.clashing, door)).toEqual([expect.stringContaining('the parameter name is also a property of Q')]);
  });
});
