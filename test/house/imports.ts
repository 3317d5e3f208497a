import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import * as ts from 'typescript';
import { Files } from './files';

/** One import, in whatever form it is written. */
export interface Import {
  readonly from: string;
  readonly line: number;
  /** As it is written. */
  readonly specifier: string;
  /** The file that it means, where it is a file of the tree (or would be one). */
  readonly file?: string;
  /** Nothing of it is left at run time. It must say `type`: what the compiler would drop by itself counts as loaded. */
  readonly typeOnly: boolean;
}

/** Every import of every file. */
export function importsOf(files: Files): Import[] {
  return [...files].flatMap(([path, text]) => importsIn(path, text, files));
}

function importsIn(path: string, text: string, files: Files): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(specifier.getStart()).line + 1;
    found.push({ from: path, line, specifier: specifier.text, file: resolve(path, specifier.text, files), typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsTypesOnly(node));
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, exportsTypesOnly(node));
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node.moduleReference.expression, node.isTypeOnly);
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    if (ts.isCallExpression(node) && loadsModule(node)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importsTypesOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = importClause.namedBindings;
  return !importClause.name && !!named && ts.isNamedImports(named)
    && named.elements.length > 0 && named.elements.every(element => element.isTypeOnly);
}

function exportsTypesOnly({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  return isTypeOnly || (!!exportClause && ts.isNamedExports(exportClause)
    && exportClause.elements.length > 0 && exportClause.elements.every(element => element.isTypeOnly));
}

function loadsModule({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  const text = expression.getText();
  return text === 'require' || text === 'require.resolve';
}

function resolve(from: string, specifier: string, files: Files): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(from), specifier).replace(/\/$/, '').replace(/\.js$/, '');
  return [path, `${path}.ts`, `${path}/index.ts`].find(candidate => files.has(candidate)) ?? path;
}

/** `ipaddr.js` of `ipaddr.js/lib/x`, `@a/b` of `@a/b/c`, `node:fs` of `fs` and of `node:fs/promises`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
  return NODE_MODULES.has(name) ? `node:${name}` : name;
}

const NODE_MODULES = new Set(builtinModules);
