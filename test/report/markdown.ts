/** A node of CommonMark's reference parser. */
interface Node {
  readonly type: string;
  readonly literal: string | null;
}
interface Walker {
  next(): { readonly entering: boolean; readonly node: Node } | null;
}
interface CommonMark {
  readonly Parser: new () => { parse(text: string): { walker(): Walker } };
}
const { Parser } = jest.requireActual<CommonMark>('commonmark');

/** What a line of Markdown is to its reference parser: what is not plain text, all of its text, and that outside of code. */
export function read(text: string): { types: string[]; text: string; outside: string } {
  const walker = new Parser().parse(text).walker();
  const nodes: Node[] = [];
  for (let event = walker.next(); event; event = walker.next()) if (event.entering) nodes.push(event.node);
  return {
    types: [...new Set(nodes.map(({ type }) => type))].filter(type => !['document', 'paragraph', 'text'].includes(type)),
    text: nodes.map(({ literal }) => literal ?? '').join(''),
    outside: nodes.filter(({ type }) => type !== 'code').map(({ literal }) => literal ?? '').join('\n'),
  };
}
