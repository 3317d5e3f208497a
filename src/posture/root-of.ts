import type { IConstruct } from 'constructs';

/** The root of a construct's tree. `node.root` lists all scopes for that, and some are asked for it hundreds of thousands of times. */
export function rootOf(construct: IConstruct): IConstruct {
  let root = construct;
  for (let scope = root.node.scope; scope; scope = root.node.scope) root = scope;
  return root;
}
