import { Severity } from '../../kube/severity';
import { ImageProfileProps, ProfileConfidence } from '../../posture/image-profile';
import { PodRule, eachContainer } from '../pod-rule';

const ADVICE = 'Try it with a read-only root, and mount an emptyDir at each folder that it cannot write to.';
const IN_CODE = 'Try it with a read-only root, and state what is missing: tempFolders, securityContext, or an ImageProfile of your own.';

function withNote({ note }: ImageProfileProps, advice: string): string {
  return note ? `${note} ${advice}` : advice;
}

/**
 * Nothing is guessed in silence: where a profile is not well founded, or the tag does not tell which of its
 * layouts applies, that is said.
 *
 * Fields: spec.{containers,initContainers}[*].image
 */
export const podImageProfile: PodRule = {
  id: 'pod-image-profile',
  title: "The image's needs are well known",
  severity: Severity.WARNING,
  advice: ADVICE,
  inCode: IN_CODE,
  versions: [{
    since: 0,
    check: (pod, knowledge) => eachContainer(pod, ({ container, field }) => {
      const profile = knowledge.profile(container);
      if (!profile) return undefined;
      const place = { field: `${field}.image`, container: container.name };
      if (profile.profile.confidence === ProfileConfidence.LOW) {
        const what = `the profile of '${container.image}' is of low confidence: parts of what the image needs are unknown`;
        return { ...place, what, advice: withNote(profile.profile, ADVICE), inCode: withNote(profile.profile, IN_CODE) };
      }
      return profile.versionGuessed ? {
        ...place,
        what: `the folders of '${container.image}' depend on its version, which its tag does not tell: those of the newest were taken`,
        advice: 'Name a version in the tag.',
      } : undefined;
    }),
  }],
};
