import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foreign, isInstalled, middle } from './processes';

/** A scanner of others, which judges the same manifests by rules of its own. */
interface Scanner {
  readonly name: string;
  readonly command: string;
  readonly install: string;
  /** How many times faster than it ours is to be. */
  readonly wanted?: number;
  args(folder: string): readonly string[];
}

const SCANNERS: readonly Scanner[] = [
  {
    name: 'kube-score',
    command: 'kube-score',
    install: 'go install github.com/zegl/kube-score/cmd/kube-score@latest',
    wanted: 5,
    args: folder => ['score', '--output-format', 'ci', ...readdirSync(folder).map(file => join(folder, file))],
  },
  {
    name: 'kube-linter',
    command: 'kube-linter',
    install: 'go install golang.stackrox.io/kube-linter/cmd/kube-linter@latest (not every module proxy has it)',
    args: folder => ['lint', '--format', 'json', folder],
  },
  {
    name: 'Checkov',
    command: 'checkov',
    install: 'pip install checkov',
    wanted: 30,
    args: folder => ['--directory', folder, '--framework', 'kubernetes', '--output', 'json', '--quiet', '--compact', '--skip-download'],
  },
  {
    name: 'Monokle',
    command: 'monokle',
    install: 'npm install --global @monokle/cli (not every registry has it)',
    args: folder => ['validate', folder],
  },
];
/** How often ours is measured before and after each of them. */
const TURNS = 4;
/** Seconds by the clock. */
const MOST_SECONDS = 300;

/** How a scanner did beside ours. */
export interface Beside {
  readonly name: string;
  readonly words: string;
  /** How many times ours is faster; undefined where it did not run. */
  readonly times?: number;
  readonly wanted?: number;
}

/** What each scanner that is installed takes for the manifests of a folder, beside what we take; how to install the others. */
export function besideOthers(folder: string, ours: () => number): Beside[] {
  return SCANNERS.map(({ name, command, install, wanted, args }) => {
    const title = name.padEnd(12);
    if (!isInstalled(command)) return { name, words: `${title}is not installed: ${install}` };
    // What takes a second is hit by whatever else the machine does; what takes many, on average.
    const before = Array.from({ length: TURNS }, ours);
    const outcome = foreign(MOST_SECONDS, command, args(folder));
    const own = middle([...before, ...Array.from({ length: TURNS }, ours)]);
    if ('reason' in outcome) return { name, words: `${title}${outcome.reason}; check ${own.toFixed(2)} CPU s` };
    const times = outcome.seconds / own;
    return { name, times, wanted, words: `${title}${outcome.seconds.toFixed(2)} CPU s, check ${own.toFixed(2)}: ${times.toFixed(1)} times as much` };
  });
}
