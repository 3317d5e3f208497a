import { isWithin } from './implication';
import { Selector } from './selector';

/** Things by the selectors that they are for, so that those are found quickly that are for all of some pods. */
export class SelectorIndex<T> {
  private readonly groups = new Map<string, { readonly selector: Selector; readonly items: T[] }>();
  private readonly byRequirement = new Map<string, { readonly selector: Selector; readonly items: T[] }[]>();

  public add(selector: Selector, item: T): void {
    let group = this.groups.get(selector.key);
    if (!group) {
      this.groups.set(selector.key, group = { selector, items: [] });
      const key = keysOf(selector)[0] ?? '';
      const list = this.byRequirement.get(key);
      if (list) list.push(group); else this.byRequirement.set(key, [group]);
    }
    group.items.push(item);
  }

  /** Those for equal selectors together. */
  public get all(): Iterable<{ readonly selector: Selector; readonly items: readonly T[] }> {
    return this.groups.values();
  }

  /** Those whose selectors surely select whatever this one selects, those for equal selectors together. */
  public around(selector: Selector): { readonly selector: Selector; readonly items: readonly T[] }[] {
    const keys = new Set(['', ...selector.requirements.flatMap(({ key, values }) => [JSON.stringify([key]), ...values.map(value => JSON.stringify([key, value]))])]);
    return [...keys].flatMap(key => this.byRequirement.get(key) ?? []).filter(group => isWithin(selector, group.selector));
  }
}

/** What a selector is found by: the label that it wants, or the key that it is about. */
function keysOf({ requirements }: Selector): string[] {
  return requirements.map(({ key, operator, values }) => JSON.stringify(operator === 'In' && values.length === 1 ? [key, values[0]] : [key]));
}
