import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { foreign, isInstalled } from './processes';

/** A scanner of others, which judges the same manifests by rules of its own. */
interface Scanner {
  readonly name: string;
  readonly command: string;
  readonly install: string;
  args(folder: string): readonly string[];
}

const SCANNERS: readonly Scanner[] = [
  {
    name: 'kube-score',
    command: 'kube-score',
    install: 'go install github.com/zegl/kube-score/cmd/kube-score@latest',
    args: folder => ['score', '--output-format', 'ci', ...readdirSync(folder).map(file => join(folder, file))],
  },
  {
    name: 'kube-linter',
    command: 'kube-linter',
    install: 'go install golang.stackrox.io/kube-linter/cmd/kube-linter@latest',
    args: folder => ['lint', '--format', 'json', folder],
  },
  {
    name: 'Checkov',
    command: 'checkov',
    install: 'pip install checkov',
    args: folder => ['--directory', folder, '--framework', 'kubernetes', '--output', 'json', '--quiet', '--compact', '--skip-download'],
  },
  {
    name: 'Monokle',
    command: 'monokle',
    install: 'npm install --global @monokle/cli',
    args: folder => ['validate', folder],
  },
];
/** Seconds by the clock. */
const MOST_SECONDS = 300;

/** What each scanner that is installed takes for the manifests of a folder, in words, beside what we take; how to install the others. */
export function besideOthers(folder: string, ours: () => number): string[] {
  return SCANNERS.map(({ name, command, install, args }) => {
    const title = name.padEnd(12);
    if (!isInstalled(command)) return `${title}is not installed: ${install}`;
    const before = ours();
    const outcome = foreign(MOST_SECONDS, command, args(folder));
    const own = Math.min(before, ours());
    if ('reason' in outcome) return `${title}${outcome.reason}; check ${own.toFixed(2)} CPU s`;
    return `${title}${outcome.seconds.toFixed(2)} CPU s, check ${own.toFixed(2)}: ${(outcome.seconds / own).toFixed(1)} times as much`;
  });
}
