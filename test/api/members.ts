import { dirname, join } from 'node:path';
import * as ts from 'typescript';
import { PublicType } from './exports';
import { Door } from './program';

// jsii keeps the list to itself, but not from somebody who knows the way.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { isReservedName } = require(join(dirname(require.resolve('jsii/package.json')), 'lib/reserved-words.js')) as {
  isReservedName(name: string): string[] | undefined;
};

/** Public and protected members that a type declares itself. */
function membersOf({ declaration }: PublicType): (ts.ClassElement | ts.TypeElement | ts.EnumMember)[] {
  return [...declaration.members as ts.NodeArray<ts.ClassElement | ts.TypeElement | ts.EnumMember>].filter(member =>
    !isPrivate(member) && !isInternal(member) && !ts.isConstructorDeclaration(member)
    && !ts.isClassStaticBlockDeclaration(member) && !isSetterOfGetter(member));
}

/** Types and members without a doc comment. What overrides a documented member inherits its words. */
export function undocumented({ checker, place }: Door, type: PublicType): string[] {
  const isSilent = (symbol: ts.Symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() === '';
  const silentType = isSilent(type.symbol) ? [`${place(type.declaration)} ${type.name} has no doc comment`] : [];
  return [...silentType, ...membersOf(type).flatMap(member => {
    const symbol = member.name && checker.getSymbolAtLocation(member.name);
    return symbol && isSilent(symbol) ? [`${place(member)} ${type.name}.${symbol.name} has no doc comment`] : [];
  })];
}

/** Optional properties of structs that do not say what holds without them. */
export function withoutDefault(door: Door, type: PublicType): string[] {
  if (!isStruct(door, type)) return [];
  return membersOf(type).flatMap(member => {
    if (!ts.isPropertySignature(member) || !member.questionToken) return [];
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default');
    if (tag && ts.getTextOfJSDocComment(tag.comment)?.trim()) return [];
    return [`${door.place(member)} ${type.name}.${member.name.getText()} is optional and has no @default`];
  });
}

/** `IThing` behaves and `Thing` is data: jsii tells them apart by the name alone. */
export function misnamed(door: Door, type: PublicType): string[] {
  if (!ts.isInterfaceDeclaration(type.declaration)) return [];
  const saysItBehaves = /^I[A-Z]/.test(type.symbol.name);
  if (isStruct(door, type) === !saysItBehaves) return [];
  const advice = saysItBehaves
    ? 'has readonly properties only, so it is data: drop the I'
    : 'has methods or properties that can be set: start its name with I, or make it data';
  return [`${door.place(type.declaration)} ${type.name} ${advice}`];
}

/** Names of types, members and parameters that are reserved words in a language that jsii writes, unless `@jsii suppress JSII5018` says so. */
export function reserved({ place }: Door, type: PublicType): string[] {
  const names = [type.declaration.name!, ...membersOf(type).flatMap(member => ts.isEnumMember(member) ? [] : [member.name]),
    ...signaturesOf(type).flatMap(({ parameters }) => parameters.map(({ name }) => name))];
  return names.flatMap(name => {
    const languages = name && ts.isIdentifier(name) && isReservedName(name.text);
    return languages && !isTolerated(name) ? [`${place(name)} ${type.name}: ${name.text} is a reserved word in ${languages.join(', ')}`] : [];
  });
}

/** Parameters that clash with a property of the options that follow them: other languages lift those into keywords. */
export function clashing({ checker, place }: Door, type: PublicType): string[] {
  return signaturesOf(type).flatMap(({ parameters }) => {
    const last = parameters.at(-1);
    const options = last && checker.getNonNullableType(checker.getTypeAtLocation(last)).getSymbol();
    if (!options || !(options.flags & ts.SymbolFlags.Interface) || /^I[A-Z]/.test(options.name)) return [];
    const lifted = new Set(checker.getDeclaredTypeOfSymbol(options).getProperties().map(({ name }) => name));
    return parameters.slice(0, -1).filter(({ name }) => lifted.has(name.getText()))
      .map(({ name }) => `${place(name)} ${type.name}: the parameter ${name.getText()} is also a property of ${options.name}`);
  });
}

/** Methods and the constructor. */
function signaturesOf(type: PublicType): ts.SignatureDeclarationBase[] {
  const constructors = ts.isClassDeclaration(type.declaration)
    ? type.declaration.members.filter(ts.isConstructorDeclaration).filter(member => !isPrivate(member) && !isInternal(member))
    : [];
  const methods = membersOf(type).filter(member => ts.isMethodDeclaration(member) || ts.isMethodSignature(member));
  return [...constructors, ...methods];
}

/** Data: an interface, and all that it extends, of nothing but readonly properties. */
function isStruct({ checker }: Door, { symbol, declaration }: PublicType): boolean {
  if (!ts.isInterfaceDeclaration(declaration)) return false;
  const bases = checker.getDeclaredTypeOfSymbol(symbol).getBaseTypes() ?? [];
  if (bases.some(base => /^I[A-Z]/.test(base.symbol.name))) return false;
  return declaration.members.every(member => ts.isPropertySignature(member)
    && member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword));
}

function isPrivate(member: ts.Node & { name?: ts.Node }): boolean {
  const modifiers = ts.canHaveModifiers(member) ? ts.getModifiers(member) ?? [] : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) || (!!member.name && ts.isPrivateIdentifier(member.name));
}

function isInternal(member: ts.Node): boolean {
  return ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal');
}

/** Whether the declaration, or one around it, takes the warning on itself. */
function isTolerated(node: ts.Node): boolean {
  const says = ts.getJSDocTags(node).some(({ tagName, comment }) =>
    tagName.text === 'jsii' && /^suppress JSII5018\b/.test(ts.getTextOfJSDocComment(comment) ?? ''));
  return says || (!!node.parent && isTolerated(node.parent));
}

/** Getter and setter are one property. */
function isSetterOfGetter(member: ts.Node): boolean {
  return ts.isSetAccessorDeclaration(member) && ts.isClassDeclaration(member.parent)
    && member.parent.members.some(other => ts.isGetAccessorDeclaration(other) && other.name.getText() === member.name.getText());
}
