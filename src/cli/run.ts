import { Fault, didYouMean } from '../kube/faults';
import { plain } from '../report/plain';
import { Command, Status, Surroundings, version } from './surroundings';

/* eslint-disable @typescript-eslint/no-require-imports */
/** The commands; each is loaded when it is called. */
const COMMANDS: { readonly [name: string]: { readonly title: string; load(): Command } } = {
  check: {
    title: 'judges manifests: what the API server would refuse, Pod Security, everything else that is held here',
    load: () => (require('./check') as typeof import('./check')).check,
  },
  fix: {
    title: "mends other people's manifests; comments and order stay",
    load: () => (require('./fix') as typeof import('./fix')).fix,
  },
  diff: {
    title: 'says which connections a change opens and closes',
    load: () => (require('./diff') as typeof import('./diff')).diff,
  },
  explain: {
    title: 'says why one may speak to another, or not, and what would allow it',
    load: () => (require('./explain') as typeof import('./explain')).explain,
  },
  reach: {
    title: 'says who can reach whom by the NetworkPolicies in manifests',
    load: () => (require('./reach') as typeof import('./reach')).reach,
  },
};

/** Runs the command that a command line names. */
export function run([name, ...args]: readonly string[], surroundings: Surroundings): Status {
  const { stdout, stderr } = surroundings;
  try {
    if (name === '--version') {
      stdout.write(`${version()}\n`);
      return Status.CLEAN;
    }
    if (name === '--help' || name === '-h' || name === 'help') {
      stdout.write(help(args[0]));
      return Status.CLEAN;
    }
    return commandOf(name).run(args, surroundings);
  } catch (error) {
    stderr.write(`${plain(error instanceof Fault ? error.message : `cdk8s-hardened: this is a mistake of ours, please report it: ${(error as Error)?.stack ?? String(error)}`)}\n`);
    return Status.UNANSWERED;
  }
}

function commandOf(name: string | undefined): Command {
  const names = Object.keys(COMMANDS);
  if (name !== undefined && Object.hasOwn(COMMANDS, name)) return COMMANDS[name].load();
  const what = name === undefined ? 'no command was named' : name.startsWith('-') ? `there is no option ${name}` : `there is no command '${name}'`;
  const advice = name === undefined ? `Write one of: ${names.join(', ')}; or --help.` : didYouMean(name, name.startsWith('-') ? ['--help', '--version'] : names);
  throw new Fault({ where: 'cdk8s-hardened', what, id: 'command-unknown', advice });
}

function help(command: string | undefined): string {
  if (command !== undefined) return commandOf(command).help;
  const lines = Object.entries(COMMANDS).map(([name, { title }]) => `  ${name.padEnd(8)}${title}`);
  return `cdk8s-hardened COMMAND [OPTIONS] [PATHS]\n\n${lines.join('\n')}\n\ncdk8s-hardened COMMAND --help tells more; --version tells the version.\n`;
}
