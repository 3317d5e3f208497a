import { NEWEST_KUBERNETES, minorOf } from '../kube/versions';
import { Posture } from '../posture/posture';
import type { AlikeManifests } from '../rules/alike-manifests';
import { Yardstick } from '../rules/audit';
import { Settings } from './settings';

const NEWEST = minorOf(NEWEST_KUBERNETES)!;

/**
 * By what an object of the tree is judged: its profiles of images are those of its scopes.
 *
 * @param alike what was said of other manifests under the same settings
 */
export function yardstickOf(posture: Posture, { pack }: Settings, alike?: AlikeManifests): Yardstick {
  return { pack, minor: posture.namedMinor ?? NEWEST, today: posture.today, posture, alike };
}
