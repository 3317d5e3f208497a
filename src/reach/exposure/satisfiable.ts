import { Requirement, Requirements } from '../selector';

/** Choices that are tried before it is taken for possible: that many policies of one namespace contradict nowhere. */
const MOST_TRIED = 10_000;

/** Tells whether there are labels that fulfil all requirements. */
export function isSatisfiable(requirements: readonly Requirement[]): boolean {
  const byKey = new Map<string, Requirement[]>();
  for (const requirement of requirements) {
    const list = byKey.get(requirement.key);
    if (list) list.push(requirement); else byKey.set(requirement.key, [requirement]);
  }
  return [...byKey.values()].every(isPossible);
}

/** Tells whether there are labels that fulfil some requirements, and that none of some selectors selects. */
export function canAvoid(requirements: readonly Requirement[], selectors: readonly Requirements[]): boolean {
  let tried = 0;
  const avoid = (so: readonly Requirement[], place: number): boolean => {
    if (++tried > MOST_TRIED) return true;
    if (!isSatisfiable(so)) return false;
    // One requirement that does not hold is enough.
    return place === selectors.length || selectors[place].requirements.some(its => avoid([...so, opposite(its)], place + 1));
  };
  return avoid(requirements, 0);
}

/** What holds where a requirement does not. */
function opposite({ key, operator, values }: Requirement): Requirement {
  switch (operator) {
    case 'In': return { key, operator: 'NotIn', values };
    case 'NotIn': return { key, operator: 'In', values };
    case 'Exists': return { key, operator: 'DoesNotExist', values };
    case 'DoesNotExist': return { key, operator: 'Exists', values };
  }
}

/** Requirements of one key. */
function isPossible(list: readonly Requirement[]): boolean {
  const having = (operator: Requirement['operator']) => list.filter(its => its.operator === operator);
  const wanted = having('In');
  if (having('DoesNotExist').length) return !wanted.length && !having('Exists').length;
  if (!wanted.length) return true;
  const never = new Set(having('NotIn').flatMap(({ values }) => values));
  return wanted[0].values.some(value => !never.has(value) && wanted.every(({ values }) => values.includes(value)));
}
