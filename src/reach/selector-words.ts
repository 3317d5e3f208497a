import { Requirement, Requirements } from './selector';

/** A selector as people read it: `app=web, tier in (a, b)`; empty where it selects everything. */
export function describeSelector({ requirements }: Requirements): string {
  return requirements.map(describeRequirement).join(', ');
}

function describeRequirement({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In': return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`;
    case 'NotIn': return values.length === 1 ? `${key}!=${values[0]}` : `${key} not in (${values.join(', ')})`;
    case 'Exists': return key;
    case 'DoesNotExist': return `!${key}`;
  }
}
