import { relative, resolve, sep } from 'node:path';
import { STANDARD_INPUT } from '../kube/reading/files';
import { Config, configFor } from '../rules/config';
import { Line } from './options';
import { Surroundings } from './surroundings';

/** What the repository has decided: the file that `--config` names, else the first upwards from the first input; from the working folder for standard input. */
export function settingsFor(command: string, { paths: [first = STANDARD_INPUT], values: { config } }: Line, { folder }: Surroundings): Config {
  return configFor(`cdk8s-hardened ${command}`, resolve(folder, first === STANDARD_INPUT ? '.' : first), config);
}

/** A file by its name from the working folder, if it lies there, so that it is the same on every machine. */
export function shownName(file: string, folder: string): string {
  const name = relative(folder, file);
  return name === '..' || name.startsWith(`..${sep}`) ? file : name;
}
