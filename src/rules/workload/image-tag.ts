import { ImageRef, isMoving, isPinned, parseImage } from '../../kube/image-ref';
import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';
import { Controls } from '../rule';

const NSA = 'Building secure container images';

function imageRule(
  id: string, title: string, controls: Controls, isBroken: (ref: ImageRef) => boolean, what: (ref: ImageRef) => string, advice: string,
): PodRule {
  return {
    id,
    title,
    severity: Severity.WARNING,
    controls: { nsa: NSA, ...controls },
    advice,
    versions: [{
      since: 0,
      check: pod => eachContainer(pod, ({ container, field }) => {
        if (!container.image) return undefined;
        const ref = parseImage(container.image);
        return isBroken(ref) ? { field: `${field}.image`, what: `the image '${container.image}' of container '${container.name}' ${what(ref)}`, container: container.name } : undefined;
      }),
    }],
  };
}

/**
 * `latest`, which no tag stands for, is another image tomorrow: nobody knows what ran, nor what a restart will bring.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].image
 * Wanted: a tag other than latest, or a digest
 */
export const imageTag = imageRule(
  'image-tag', 'Images name a version',
  { checkov: 'CKV_K8S_14', kubeLinter: 'latest-tag', kubeScore: 'container-image-tag', polaris: 'tagNotSpecified', trivy: 'KSV-0013', kyverno: 'best-practices/disallow-latest-tag' },
  isMoving,
  ({ tag }) => tag === undefined ? 'names no version' : `is whatever was pushed last as '${tag}'`,
  'Name a version in the tag, or better the digest of the image.',
);

/**
 * A tag is a name that whoever may push to the registry can give to another image; a digest is the image.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].image
 * Wanted: a digest: …@sha256:…
 */
export const imageDigest = imageRule(
  'image-digest', 'Images are named by digest',
  { checkov: 'CKV_K8S_43', kubescape: 'C-0306', kyverno: ['other/require-image-checksum', 'other/resolve-image-to-digest'] },
  ref => !isPinned(ref),
  () => 'can become another image under the same name',
  "Append the digest, as 'docker buildx imagetools inspect' shows it: name:tag@sha256:….",
);
