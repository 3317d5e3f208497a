import { Container } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

const PROGRAM = /^(?:\S*\/)?sudo$/;
/** Where a command begins in the text of a shell. */
const IN_SHELL = /(?:^|[;&|(\n])[ \t]*(?:\S{1,200}\/)?sudo[ \t]/;

/**
 * sudo makes a process root that was not started as root: what starts a container needs no way back to it.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].{command,args}
 * Wanted: no call of sudo
 */
export const podSudo: PodRule = {
  id: 'pod-sudo',
  title: 'No sudo',
  severity: Severity.WARNING,
  controls: { kubescape: 'C-0062' },
  advice: 'Leave sudo out, and let the image run as the user that it needs: with allowPrivilegeEscalation: false sudo does nothing.',
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field }) => {
      const key = calling(container);
      return key && { field: `${field}.${key}`, what: `container '${container.name}' calls sudo`, container: container.name };
    }),
  }],
};

function calling({ command = [], args = [] }: Container): 'command' | 'args' | undefined {
  if (command.some((word, i) => (i === 0 && PROGRAM.test(word)) || IN_SHELL.test(word))) return 'command';
  return args.some((word, i) => (i === 0 && command.length === 0 && PROGRAM.test(word)) || IN_SHELL.test(word)) ? 'args' : undefined;
}
