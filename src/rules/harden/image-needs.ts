import { Remedy } from '../pod-rule';

/** Environment, arguments and kernel parameters that an image needs to run hardened; the user's own win. */
export const imageNeeds: Remedy = (pod, knowledge) => {
  for (const { container } of pod.containers) {
    const profile = knowledge.profile(container)?.profile;
    if (!profile) continue;
    const env = container.env ?? [];
    const missing = Object.entries(profile.env ?? {}).filter(([name]) => !env.some(variable => variable.name === name));
    if (missing.length) container.env = [...env, ...missing.map(([name, value]) => ({ name, value }))];
    if (profile.args && !container.args && !container.command) container.args = [...profile.args];
    for (const [name, value] of Object.entries(pod.windows ? {} : profile.sysctls ?? {})) {
      const context = pod.spec.securityContext ??= {};
      const sysctls = context.sysctls ?? [];
      if (!sysctls.some(sysctl => sysctl.name === name)) context.sysctls = [...sysctls, { name, value }];
    }
  }
};
