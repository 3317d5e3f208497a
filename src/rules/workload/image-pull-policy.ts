import { isMoving, isPinned, parseImage } from '../../kube/image-ref';
import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * What a tag names is asked of the registry at each start only with the policy Always: otherwise nodes run what they
 * happen to have, and whoever may not pull an image can run the copy that another pod has left there. A digest
 * cannot come to name another image.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].imagePullPolicy
 * Wanted: Always, undefined for latest, or a digest in the image
 */
export const imagePullPolicy: PodRule = {
  id: 'image-pull-policy',
  title: 'What a tag names is looked up at every start',
  severity: Severity.WARNING,
  controls: {
    checkov: 'CKV_K8S_15', kubeScore: 'container-image-pull-policy', kubescape: 'C-0075', polaris: 'pullPolicyNotAlways',
    kyverno: ['other/always-pull-images', 'other/imagepullpolicy-always'],
  },
  advice: 'Append the digest to the image, or set imagePullPolicy to Always.',
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field }) => {
      const { image, imagePullPolicy: policy } = container;
      if (!image || policy === 'Always') return undefined;
      const ref = parseImage(image);
      const moves = isMoving(ref);
      if (isPinned(ref) || (moves && policy === undefined)) return undefined;
      return {
        field: `${field}.imagePullPolicy`,
        what: `container '${container.name}' runs what its node has under the name '${image}'`,
        container: container.name,
        // The digest that is asked for settles this, too; but for what moves by design, no pull is a fault of its own.
        ...(!moves && policy !== 'Never' && { impliedBy: 'image-digest' }),
      };
    }),
  }],
};
