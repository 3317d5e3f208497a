import { join } from 'node:path';
import * as ts from 'typescript';
import { ROOT } from '../house/files';

/** What an app of ours says and does, and what it could. Each is `Type.member`; what a kind of workload is given is `HardenedPod(member)`. */
export interface Usage {
  readonly used: ReadonlySet<string>;
  readonly there: ReadonlySet<string>;
}

/** Rooms whose public types decide what is written. */
const ROOMS = ['access', 'namespace', 'network', 'posture', 'workload'];

/** Reads by the compiler which properties of public interfaces, props of constructs, methods and values of enums some files use. */
export function usageIn(files: readonly string[]): Usage {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram([...files], { ...options, noEmit: true, rootDir: ROOT, skipLibCheck: true });
  const checker = program.getTypeChecker();
  const door = program.getSourceFile(join(ROOT, 'src/index.ts'))!;
  const isOurs = (declaration: ts.Declaration) => ROOMS.some(room => declaration.getSourceFile().fileName.startsWith(join(ROOT, 'src', room)));
  const real = (symbol: ts.Symbol) => symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(door)!).map(real);
  const types = new Set(exported.filter(({ declarations = [] }) => declarations.some(isOurs)));
  const isInternal = (symbol: ts.Symbol) => symbol.name.startsWith('_') || symbol.getJsDocTags(checker).some(({ name }) => name === 'internal');

  const there = new Set<string>();
  for (const type of types) {
    const of = checker.getDeclaredTypeOfSymbol(type);
    const add = (symbols: Iterable<ts.Symbol>, isWanted: (declaration: ts.Declaration) => boolean) => {
      for (const symbol of symbols) if (!isInternal(symbol) && symbol.declarations?.some(isWanted)) there.add(`${type.name}.${symbol.name}`);
    };
    if (type.flags & ts.SymbolFlags.Enum) {add(type.exports!.values(), () => true);} else if (type.flags & ts.SymbolFlags.Class) {
      add([...type.members!.values(), ...type.exports!.values()], ts.isMethodDeclaration);
      // A construct is the third parameter's type.
      const [constructor] = checker.getTypeOfSymbol(type).getConstructSignatures();
      const props = constructor?.parameters[2] && checker.getNonNullableType(checker.getTypeOfSymbol(constructor.parameters[2]));
      if (props?.symbol?.name.endsWith('Props')) for (const prop of props.getProperties()) there.add(`${type.name}(${prop.name})`);
    } else if (!/^I[A-Z]/.test(type.name)) {add(of.getProperties(), declaration => ts.isPropertySignature(declaration) && declaration.parent === type.declarations?.[0]);}
  }

  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.arguments?.[2]) {
      const kind = real(checker.getSymbolAtLocation(node.expression)!).name;
      // Only what is really written: of a variable whose type is an interface it is not known which it has.
      for (const prop of checker.getTypeAtLocation(node.arguments[2]).getProperties()) {
        if (prop.declarations?.some(declaration => ts.isPropertyAssignment(declaration) || ts.isShorthandPropertyAssignment(declaration))) used.add(`${kind}(${prop.name})`);
      }
    }
    if (ts.isObjectLiteralExpression(node)) {
      const type = checker.getContextualType(node);
      for (const property of node.properties) {
        if (!property.name || !type) continue;
        const declared = checker.getPropertyOfType(checker.getNonNullableType(type), property.name.getText());
        for (const { parent } of declared?.declarations ?? []) if (ts.isInterfaceDeclaration(parent)) used.add(`${parent.name.text}.${declared!.name}`);
      }
    }
    if (ts.isPropertyAccessExpression(node)) {
      // Of a union, such as all kinds in a loop, it is a method of each.
      for (const declaration of checker.getSymbolAtLocation(node.name)?.declarations ?? []) {
        if ((ts.isEnumMember(declaration) || ts.isMethodDeclaration(declaration)) && 'name' in declaration.parent) {
          used.add(`${(declaration.parent.name as ts.Identifier).text}.${node.name.text}`);
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(program.getSourceFile(file)!);
  return { used, there };
}
