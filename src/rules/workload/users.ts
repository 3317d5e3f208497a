import { Severity } from '../../kube/severity';
import { Knowledge } from '../knowledge';
import { MINIMUM_UID } from '../parameters';
import { PodRule, PodView, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

/** What the user and the group of a container have in common. */
interface Id {
  readonly key: 'runAsUser' | 'runAsGroup';
  readonly noun: 'user' | 'group';
  readonly whose: string;
  /** The rule about 0. */
  readonly root: string;
}

const USER: Id = { key: 'runAsUser', noun: 'user', whose: 'a user of the node may have', root: 'pod-run-as-root' };
const GROUP: Id = { key: 'runAsGroup', noun: 'group', whose: 'a group of the node may have', root: 'pod-root-group' };

/**
 * The containers whose number is low. Root is spoken of by rules of its own where those are asked, and an image whose files belong to a
 * user that is documented can run as no other.
 */
function low(pod: PodView, knowledge: Knowledge, { key, noun, whose, root }: Id): Violation[] {
  const { minimumUid = MINIMUM_UID } = knowledge.parameters;
  if (pod.windows || pod.spec.hostUsers === false) return [];
  return eachContainer(pod, ({ container, field }) => {
    const id = container.securityContext?.[key] ?? pod.spec.securityContext?.[key];
    if (id === undefined || id >= minimumUid || knowledge.profile(container)?.[noun] === id) return undefined;
    return {
      field: container.securityContext?.[key] === undefined ? `securityContext.${key}` : `${field}.securityContext.${key}`,
      what: `container '${container.name}' runs as ${noun} ${id}, which ${whose}`,
      container: container.name,
      ...(id === 0 && { impliedBy: root }),
    };
  });
}

/**
 * Without a user namespace, a user of a container is the one of the same number on the node: whoever breaks out has
 * that user's files and processes.
 *
 * Fields: spec.securityContext.runAsUser, spec.{containers,initContainers,ephemeralContainers}[*].securityContext.runAsUser
 * Wanted: 10000 (the parameter minimumUid) or more, the image's own user, or hostUsers: false
 */
export const podHighUser: PodRule = {
  id: 'pod-high-user',
  title: 'No user of the node',
  severity: Severity.WARNING,
  controls: { checkov: 'CKV_K8S_40', kubeScore: 'container-security-context-user-group-id', trivy: 'KSV-0020' },
  advice: 'Choose a number of 10000 or more for runAsUser, or give the pod users of its own: hostUsers: false.',
  versions: [{ since: 0, check: (pod, knowledge) => low(pod, knowledge, USER) }],
};

/**
 * The same for groups.
 *
 * Fields: spec.securityContext.runAsGroup, spec.{containers,initContainers,ephemeralContainers}[*].securityContext.runAsGroup
 * Wanted: 10000 (the parameter minimumUid) or more, the image's own group, or hostUsers: false
 */
export const podHighGroup: PodRule = {
  id: 'pod-high-group',
  title: 'No group of the node',
  severity: Severity.WARNING,
  controls: { kubeScore: 'container-security-context-user-group-id', trivy: 'KSV-0021' },
  advice: 'Choose a number of 10000 or more for runAsGroup, or give the pod groups of its own: hostUsers: false.',
  versions: [{ since: 0, check: (pod, knowledge) => low(pod, knowledge, GROUP) }],
};

/**
 * A user without a group of its own is in group 0 unless the image says otherwise.
 *
 * Fields: spec.securityContext.runAsGroup, spec.{containers,initContainers}[*].securityContext.runAsGroup
 * Wanted: a number wherever the user is one
 */
export const podGroupUnknown: PodRule = {
  id: 'pod-group-unknown',
  title: 'The numeric group is known',
  severity: Severity.WARNING,
  controls: { kubeScore: 'container-security-context-user-group-id', trivy: 'KSV-0021' },
  advice: "Set runAsGroup to the number of the group that the image's files belong to, or to that of the user.",
  versions: [{
    since: 0,
    check: pod => pod.windows ? [] : eachContainer(pod, ({ container, field, list }) => {
      const own = container.securityContext ?? {};
      const general = pod.spec.securityContext ?? {};
      const user = own.runAsUser ?? general.runAsUser;
      if (list === 'ephemeralContainers' || user === undefined || (own.runAsGroup ?? general.runAsGroup) !== undefined) return undefined;
      return {
        field: `${field}.securityContext.runAsGroup`,
        what: `container '${container.name}' runs as user ${user} and nobody says in which group: in that of root, unless the image knows the user`,
        container: container.name,
      };
    }),
  }],
};

/**
 * Files of root often are open to its group.
 *
 * Fields: spec.securityContext.{runAsGroup,fsGroup,supplementalGroups},
 *   spec.{containers,initContainers,ephemeralContainers}[*].securityContext.runAsGroup
 * Wanted: undefined, any number but 0; 0 where the image's own group is 0
 */
export const podRootGroup: PodRule = {
  id: 'pod-root-group',
  title: 'No container is in the group of root',
  severity: Severity.WARNING,
  controls: { nsa: 'Pod security enforcement', trivy: 'KSV-0116', kyverno: 'other/require-non-root-groups' },
  advice: "Choose another group, and let the image's files and the volumes belong to it.",
  versions: [{
    since: 0,
    check: (pod, knowledge) => {
      const found: Violation[] = [];
      const { runAsGroup, fsGroup, supplementalGroups = [] } = pod.spec.securityContext ?? {};
      const isMeant = (placed: PodView['containers'][0]) => knowledge.profile(placed.container)?.group === 0;
      const isImages = () => pod.containers.some(isMeant);
      if (runAsGroup === 0 && !isImages()) found.push({ field: 'securityContext.runAsGroup', what: 'the pod runs in the group of root' });
      if (fsGroup === 0 && !isImages()) found.push({ field: 'securityContext.fsGroup', what: "the pod's volumes belong to the group of root" });
      const extra = supplementalGroups.indexOf(0);
      if (extra >= 0) found.push({ field: `securityContext.supplementalGroups[${extra}]`, what: 'the pod is in the group of root, besides its own' });
      for (const placed of pod.containers) {
        if (placed.container.securityContext?.runAsGroup !== 0 || isMeant(placed)) continue;
        const { name } = placed.container;
        found.push({ field: `${placed.field}.securityContext.runAsGroup`, what: `container '${name}' runs in the group of root`, container: name });
      }
      return found;
    },
  }],
};
