import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * The kubelet starts no container that must not be root unless it can tell: by a number, here or in the image.
 *
 * Fields: spec.securityContext.runAsUser, spec.{containers,initContainers}[*].securityContext.runAsUser
 * Wanted: a number
 */
export const podUserUnknown: PodRule = {
  id: 'pod-user-unknown',
  title: 'The numeric user is known',
  severity: Severity.WARNING,
  controls: { checkov: 'CKV_K8S_40', kubeScore: 'container-security-context-user-group-id', trivy: 'KSV-0020' },
  advice: "Set runAsUser and runAsGroup to the numbers of the image's user; 'docker image inspect' shows them under Config.User.",
  inCode: "State it (securityContext: { user: 10001, group: 10001 }), register an ImageProfile, or set runAsUser in SecurityDefaults; 'docker image inspect' shows the image's own under Config.User.",
  versions: [{
    since: 0,
    check: (pod, knowledge) => pod.windows ? [] : eachContainer(pod, ({ container, field, list }) => {
      if (list === 'ephemeralContainers') return undefined;
      if ((container.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser) !== undefined) return undefined;
      const why = knowledge.profile(container) ? 'names none either' : 'has no profile';
      return {
        field: `${field}.securityContext.runAsUser`,
        what: `nobody says as which user container '${container.name}' runs, and its image '${container.image ?? ''}' ${why}: `
          + 'unless the image is made for a numeric user other than 0, the kubelet will refuse to start it',
        container: container.name,
      };
    }),
  }],
};
