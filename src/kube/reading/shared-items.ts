import { Node, scalarValue } from './nodes';

/** Whether an alias in one item of a List (of Lists) stands for a part of another item. */
export function sharesBetweenItems(text: string, root: Node): boolean {
  /** In which item an anchor was set, as far as the text was read. */
  const homes = new Map<string, string>();

  const anyShared = (nodes: readonly Node[], item: string) => nodes.some(node => isShared(node, item, false));

  function isShared(node: Node, item: string, isObject: boolean): boolean {
    if (node.kind === 'alias') return homes.get(node.name) !== item;
    if (node.anchor !== undefined) homes.set(node.anchor, item);
    if (node.kind === 'sequence') return anyShared(node.items, item);
    if (node.kind !== 'mapping') return false;
    return node.entries.some(({ key, value }) => {
      const isItems = isObject && value.kind === 'sequence' && key.kind === 'scalar' && scalarValue(text, key) === 'items';
      if (!isItems) return anyShared([key, value], item);
      if (value.anchor !== undefined) homes.set(value.anchor, item);
      return value.items.some((each, i) => isShared(each, `${item}.${i}`, true));
    });
  }

  return isShared(root, '', true);
}
