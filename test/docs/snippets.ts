import { join } from 'node:path';
import * as ts from 'typescript';
import { PublicType } from '../api/exports';
import { ROOT } from '../house/files';

/** Code that a document shows. */
export interface Snippet {
  /** Where it stands: `README.md:12`, `HardenedDeployment.addTempFolder`. */
  readonly place: string;
  readonly text: string;
}

/** The `@example` blocks of types and their members. */
export function examplesOf(types: readonly PublicType[]): Snippet[] {
  return types.flatMap(({ name, declaration }) => [declaration, ...declaration.members].flatMap(node =>
    ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === 'example').map(tag => ({
      place: node === declaration ? name : `${name}.${node.name?.getText() ?? 'constructor'}`,
      text: (ts.getTextOfJSDocComment(tag.comment) ?? '').replace(/^```.*$/gm, ''),
    }))));
}

/**
 * What the compiler says about snippets. One that imports nothing may use everything: what the package exports,
 * `cdk8s`, `kplus`, and an `app` and a `chart`.
 */
export function faultsOf(snippets: readonly Snippet[], names: readonly string[]): string[] {
  const files = new Map(snippets.map((snippet, i) => [join(ROOT, 'test', `snippet-${i}.ts`), snippet]));
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const options: ts.CompilerOptions = {
    ...ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options,
    noEmit: true, noUnusedLocals: false, noUnusedParameters: false, rootDir: ROOT,
    paths: { 'cdk8s-hardened': [join(ROOT, 'src/index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile, readFile } = host;
  const written = (path: string) => files.has(path) ? complete(files.get(path)!.text, names) : undefined;
  host.fileExists = path => files.has(path) || fileExists(path);
  host.readFile = path => written(path) ?? readFile(path);
  host.getSourceFile = (path, target) => {
    const text = written(path);
    return text === undefined ? getSourceFile(path, target) : ts.createSourceFile(path, text, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([path, { place }]) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}

function complete(text: string, names: readonly string[]): string {
  if (/^import /m.test(text)) return text;
  const given = ['app', 'chart'].filter(name => !new RegExp(`\\b(const|let) ${name}\\b`).test(text));
  return [
    "import * as cdk8s from 'cdk8s'; import * as kplus from 'cdk8s-plus-27'; import { Construct } from 'constructs';",
    `import { ${[...new Set(names.map(name => name.split('.')[0]))].join(', ')} } from 'cdk8s-hardened';`,
    ...given.map(name => `declare const ${name}: cdk8s.${name === 'app' ? 'App' : 'Chart'};`),
    text,
  ].join('\n');
}
