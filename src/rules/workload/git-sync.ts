import { parseImage } from '../../kube/image-ref';
import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

const VARIABLES = ['GITSYNC_GIT', 'GIT_SYNC_GIT'];
const FLAG = /^--?git(?:=|$)/;

/**
 * git-sync runs whatever it is told for git: who can set that runs any command beside the application.
 *
 * Fields: spec.{containers,initContainers}[*].{env,args,command} of git-sync
 * Wanted: neither GITSYNC_GIT nor --git
 */
export const podGitSync: PodRule = {
  id: 'pod-git-sync',
  title: 'git-sync runs git, and nothing else',
  severity: Severity.ERROR,
  controls: { checkov: 'CKV_K8S_159' },
  advice: 'Leave it out: the image brings its own git.',
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field }) => {
      const { env = [], args = [], command = [], image = '' } = container;
      if (!image.includes('git-sync') || !/(^|\/)git-sync/.test(parseImage(image).repository)) return undefined;
      const variable = env.findIndex(({ name }) => VARIABLES.includes(name));
      const what = `container '${container.name}' is told what to run as git`;
      if (variable >= 0) return { field: `${field}.env[${variable}].name`, what, container: container.name };
      const key = args.some(arg => FLAG.test(arg)) ? 'args' : command.some(arg => FLAG.test(arg)) ? 'command' : undefined;
      return key && { field: `${field}.${key}`, what, container: container.name };
    }),
  }],
};
