import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import * as ts from 'typescript';

/** A place in a text, and what is to stand there. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where a module asks for another of its package. */
interface Asked {
  readonly node: ts.CallExpression;
  readonly file: string;
  /** Asked for when the module is loaded, not when it is needed. */
  readonly isAtOnce: boolean;
}

/** A compiled module: what it asks for, and its text without what only people read. */
export class Compiled {
  private readonly source: ts.SourceFile;
  private readonly asked: Asked[] = [];
  private readonly folders: ts.Identifier[] = [];

  constructor(public readonly file: string) {
    this.source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
    this.look(this.source, true);
  }

  /** The files that are loaded with it. */
  public get atOnce(): readonly string[] {
    return this.asked.filter(({ isAtOnce }) => isAtOnce).map(({ file }) => file);
  }

  /** The files that it asks for when they are needed. */
  public get later(): readonly string[] {
    return this.asked.filter(({ isAtOnce }) => !isAtOnce).map(({ file }) => file);
  }

  /**
   * Its text.
   *
   * @param folder where the text will lie
   * @param ask what stands in place of asking for a file; undefined where the file stays
   * @param isBare without comments and indentation
   */
  public text(folder: string, ask: (file: string) => string | undefined, isBare = true): string {
    const edits = this.asked.map(({ node, file }) => edit(node, ask(file) ?? `require(${JSON.stringify(pathFrom(folder, file))})`));
    if (folder !== dirname(this.file)) {
      const way = JSON.stringify(relative(folder, dirname(this.file)));
      for (const node of this.folders) edits.push(edit(node, `require("node:path").join(__dirname, ${way})`));
    }
    if (isBare) this.trivia(this.source, new Set(edits.map(({ start }) => start)), edits);
    return applied(this.source.text, edits);
  }

  private look(node: ts.Node, isAtOnce: boolean): void {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require') {
      const [name] = node.arguments;
      if (ts.isStringLiteral(name) && name.text.startsWith('.')) this.asked.push({ node, file: fileOf(this.file, name.text), isAtOnce });
    } else if (ts.isIdentifier(node) && node.text === '__dirname') {
      this.folders.push(node);
    }
    ts.forEachChild(node, child => this.look(child, isAtOnce && !ts.isFunctionLike(node)));
  }

  /** What stands between tokens: of lines only their ends count, and of all else that something is there. */
  private trivia(node: ts.Node, replaced: ReadonlySet<number>, edits: Edit[]): void {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return;
    const [start, end] = [node.getFullStart(), node.getStart(this.source)];
    const children = replaced.has(end) && ts.isCallExpression(node) ? [] : node.getChildren(this.source);
    if (children.length) {
      for (const child of children) this.trivia(child, replaced, edits);
    } else if (end > start) {
      const between = this.source.text.slice(start, end);
      edits.push({ start, end, text: between.startsWith('#!') ? `${between.split('\n')[0]}\n` : between.includes('\n') ? '\n' : ' ' });
    }
  }
}

function edit(node: ts.Node, text: string): Edit {
  return { start: node.getStart(), end: node.getEnd(), text };
}

function applied(text: string, edits: readonly Edit[]): string {
  let at = 0;
  const parts: string[] = [];
  for (const { start, end, text: replacement } of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, start), replacement);
    at = end;
  }
  return parts.join('') + text.slice(at);
}

function fileOf(from: string, name: string): string {
  const path = resolve(dirname(from), name);
  return [`${path}.js`, join(path, 'index.js'), path].find(file => file.endsWith('.js') && existsSync(file)) ?? `${path}.js`;
}

function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file.replace(/\.js$/, ''));
  return path.startsWith('.') ? path : `./${path}`;
}
