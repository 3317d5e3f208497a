import { ContainerSecurity } from '../../kube/pod-spec';
import { Remedy } from '../pod-rule';
import { isSeed } from './seeds';

/** Numeric user and group where they are known: the container's own, the pod's, the image's, the organisation's. */
export const users: Remedy = (pod, knowledge) => {
  if (pod.windows) return;
  const { runAsUser, runAsGroup } = knowledge.posture;
  const general = pod.spec.securityContext;
  for (const { container } of pod.containers) {
    // It runs as whom it copies for, also where the profile of its image is switched off for that one.
    if (isSeed(container)) continue;
    const profile = knowledge.profile(container);
    const context = container.securityContext ??= {};
    if (general?.runAsUser === undefined) fill(context, 'runAsUser', profile?.user ?? runAsUser);
    if (general?.runAsGroup === undefined) fill(context, 'runAsGroup', profile?.group ?? runAsGroup);
  }
};

function fill(context: ContainerSecurity, key: 'runAsUser' | 'runAsGroup', known: number | undefined): void {
  context[key] ??= known;
  if (context[key] === undefined) delete context[key];
}

/** Volumes belong to a group that every container is in. */
export const volumeGroups: Remedy = (pod, knowledge) => {
  if (pod.windows) return;
  const context = pod.spec.securityContext ??= {};
  const ids = (key: 'runAsGroup' | 'runAsUser') => {
    const found: number[] = [];
    for (const { securityContext } of [...pod.spec.containers, ...pod.spec.initContainers ?? []]) {
      const id = securityContext?.[key] ?? context[key];
      if (id !== undefined && id !== 0 && !found.includes(id)) found.push(id);
    }
    return found;
  };
  const groups = ids('runAsGroup');
  // An image of group 0 still needs a group that is not root's; its user's number serves as well as any.
  const fsGroup = context.fsGroup ?? groups[0] ?? ids('runAsUser')[0];
  if (fsGroup !== undefined) {
    context.fsGroup = fsGroup;
    const others = [...new Set([...context.supplementalGroups ?? [], ...groups])].filter(id => id !== fsGroup);
    if (others.length) context.supplementalGroups = others;
  }
  if (knowledge.claims.fsGroupChangePolicyFilledIn && context.fsGroupChangePolicy === 'Always') delete context.fsGroupChangePolicy;
  if (fsGroup !== undefined) context.fsGroupChangePolicy ??= 'OnRootMismatch';
};
