import { join } from 'node:path';
import { installed, outputOf } from './installed';
import { Scanner } from './scanner';

/** Its plugins that need no network: practices, Pod Security Standards, links between resources, YAML. */
export const monokle: Scanner = {
  name: 'Monokle',
  missing: () => installed('monokle', 'node_modules', '@monokle', 'validation') ? undefined : '@monokle/validation 0.33.0 is not installed',
  findings: file => outputOf(process.execPath, [join(__dirname, 'ask-monokle.mjs'), installed('monokle')!, file]).split('\n').filter(line => line),
};
