import * as ts from 'typescript';
import { Door } from './program';

/** A type that users see. */
export interface PublicType {
  /** With its submodules: `rules.Pack`. */
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;
}

/** What a door lets out: the types, and complaints about everything that jsii would drop without a word. */
export function exportsOf({ checker, symbol, place }: Door): { types: PublicType[]; complaints: string[] } {
  const types: PublicType[] = [];
  const complaints: string[] = [];
  const visit = (module: ts.Symbol, prefix: string): void => {
    for (const exported of checker.getExportsOfModule(module)) {
      const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const name = `${prefix}${exported.name}`;
      const specifier = exported.declarations?.[0];
      if (target.flags & ts.SymbolFlags.ValueModule && specifier && ts.isNamespaceExport(specifier)) {
        visit(target, `${name}.`);
        continue;
      }
      if (specifier && ts.isExportSpecifier(specifier) && specifier.propertyName) {
        complaints.push(`${place(specifier)} exports ${specifier.propertyName.text} under another name, which jsii does not follow`);
      }
      const declaration = (target.declarations ?? []).find(isType);
      if (declaration) types.push({ name, symbol: target, declaration });
      for (const other of (target.declarations ?? []).filter(found => !isType(found))) {
        complaints.push(`${place(other)} exports ${name}, a ${kindOf(other)}: jsii drops it without a word. Make it a static method, an enum or an interface, or keep it out of the door`);
      }
    }
  };
  visit(symbol, '');
  const seen = new Map<ts.Symbol, string>();
  for (const type of types) {
    const before = seen.get(type.symbol);
    if (before) complaints.push(`${place(type.declaration)} is exported twice, as ${before} and as ${type.name}`);
    seen.set(type.symbol, type.name);
  }
  return { types, complaints };
}

function isType(declaration: ts.Declaration): declaration is PublicType['declaration'] {
  return ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)
    || (ts.isEnumDeclaration(declaration) && !declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ConstKeyword));
}

function kindOf(declaration: ts.Declaration): string {
  return ts.SyntaxKind[declaration.kind].replace(/Declaration$/, '').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
