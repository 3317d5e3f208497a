import { Container } from '../../../src/kube/pod-spec';
import { ImageProfileProps } from '../../../src/posture/image-profile';
import { WritableFolder } from '../../../src/posture/writable-folder';

/** A container for which a folder is written, and the features that its user names. */
export interface Witness {
  readonly container: Container;
  readonly features: readonly string[];
}

/** The tag of a version of an image, as the tags of the profile are written. */
export function tagOf(profile: ImageProfileProps, version: string): string {
  return profile.tags ? profile.tags[0].replace('*', version) : version;
}

/** Every way in which a folder's condition comes to hold, in a version that writes the folder. */
export function witnesses(profile: ImageProfileProps, folder: WritableFolder): Witness[] {
  const version = folder.sinceVersion ?? (folder.beforeVersion?.replace(/\d+$/, last => `${Number(last) - 1}`) ?? '99');
  const container: Container = { name: 'main', image: `${profile.images[0]}:${tagOf(profile, version)}` };
  const { when } = folder;
  if (!when || when.unless) return [{ container, features: [] }];
  return [
    ...(when.feature === undefined ? [] : [{ container, features: [when.feature] }]),
    ...(when.argPrefixes ?? []).map(prefix => ({ container: { ...container, args: ['serve', whole(prefix, 'x=1')] }, features: [] })),
    ...(when.envPrefixes ?? []).map(prefix => ({ container: { ...container, env: [{ name: whole(prefix, 'X'), value: '1' }] }, features: [] })),
  ];
}

/** A prefix that ends in the middle of a name, made a whole one. */
function whole(prefix: string, rest: string): string {
  return /[._]$/.test(prefix) ? `${prefix}${rest}` : prefix;
}
