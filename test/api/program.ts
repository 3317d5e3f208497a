import { join } from 'node:path';
import * as ts from 'typescript';
import { ROOT } from '../house/files';

/** A door (a module whose exports are the public API) with what is needed to ask about it. */
export interface Door {
  readonly checker: ts.TypeChecker;
  readonly symbol: ts.Symbol;
  /** Where a node stands, for messages. */
  place(node: ts.Node): string;
}

/** The door of the real package. */
export function realDoor(): Door {
  const path = join(ROOT, 'src/index.ts');
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return door(ts.createProgram([path], { ...options, noEmit: true }), path);
}

/** A door made of the given files, `src/index.ts` among them. They get by without any library. */
export function doorOf(files: Record<string, string>): Door {
  const options: ts.CompilerOptions = { noLib: true, types: [], strict: true, module: ts.ModuleKind.Node16 };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (path, target) => files[path] === undefined ? undefined : ts.createSourceFile(path, files[path], target),
    fileExists: path => path in files,
    readFile: path => files[path],
    getCurrentDirectory: () => '',
    writeFile: () => undefined,
  };
  return door(ts.createProgram(['src/index.ts'], options, host), 'src/index.ts');
}

function door(program: ts.Program, path: string): Door {
  const checker = program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(program.getSourceFile(path)!);
  if (!symbol) throw new Error(`${path} exports nothing`);
  const place = (node: ts.Node) => {
    const source = node.getSourceFile();
    const file = source.fileName.replace(`${ROOT}/`, '');
    return `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  };
  return { checker, symbol, place };
}
