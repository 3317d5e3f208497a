import { fullRepository, ImageRef, parseImage } from '../kube/image-ref';
import { Container } from '../kube/pod-spec';
import { remembered } from '../kube/remembered';
import { compareVersions } from '../kube/versions';
import { ImageProfileProps } from './image-profile';
import { FolderCondition, WritableFolder } from './writable-folder';

/** A profile as it applies to one container. */
export interface ResolvedProfile {
  readonly profile: ImageProfileProps;
  readonly ref: ImageRef;
  readonly user?: number;
  readonly group?: number;
  /** The folders that this version writes and whose condition holds. */
  readonly folders: readonly WritableFolder[];
  readonly ports: readonly number[];
  /** Folders depend on the version, and the tag names none: the newest layout was taken. */
  readonly versionGuessed: boolean;
}

/** Where a mirror's repositories come from: `{'registry.acme.example/hub': 'docker.io'}`. */
export type Mirrors = { readonly [mirror: string]: string };

/** The profile that fits an image, the first of the list that does; undefined where none does. */
export function findProfile(image: string, profiles: readonly ImageProfileProps[], mirrors: Mirrors = {}): ImageProfileProps | undefined {
  return profileOf(parseImage(image), profiles, mirrors);
}

function profileOf(ref: ImageRef, profiles: readonly ImageProfileProps[], mirrors: Mirrors): ImageProfileProps | undefined {
  const repository = unmirrored(ref.repository, mirrors);
  return profiles.find(profile =>
    repositoriesOf(profile).includes(repository)
    && (!profile.tags || profile.tags.some(pattern => matchesTag(pattern, ref.tag ?? ''))));
}

const REPOSITORIES = new WeakMap<ImageProfileProps, string[]>();

/** The repositories of a profile, written out; asked for each container of an app. */
function repositoriesOf(profile: ImageProfileProps): string[] {
  let known = REPOSITORIES.get(profile);
  if (!known) REPOSITORIES.set(profile, known = profile.images.map(fullRepository));
  return known;
}

/** The profile of a container's image, as its tag, arguments and environment decide. */
export function resolveProfile(
  container: Container,
  features: readonly string[],
  profiles: readonly ImageProfileProps[],
  mirrors: Mirrors = {},
): ResolvedProfile | undefined {
  const known = container.image === undefined ? undefined : knownIn(profiles, mirrors)(container.image);
  if (!known?.folders.some(({ when }) => when)) return known;
  return { ...known, folders: known.folders.filter(({ when }) => !when || conditionHolds(when, container, features)) };
}

/** What profiles know of images; most apps have no profiles of their own, and ask of few images. */
const KNOWN = new WeakMap<readonly ImageProfileProps[], (image: string) => ResolvedProfile | undefined>();

function knownIn(profiles: readonly ImageProfileProps[], mirrors: Mirrors): (image: string) => ResolvedProfile | undefined {
  if (Object.keys(mirrors).length) return image => resolved(parseImage(image), profiles, mirrors);
  let known = KNOWN.get(profiles);
  if (!known) KNOWN.set(profiles, known = remembered(image => resolved(parseImage(image), profiles, mirrors)));
  return known;
}

/** The profile of an image, with all folders of its version, whatever their conditions. */
function resolved(ref: ImageRef, profiles: readonly ImageProfileProps[], mirrors: Mirrors): ResolvedProfile | undefined {
  const profile = profileOf(ref, profiles, mirrors);
  if (!profile) return undefined;
  const variants = (profile.variants ?? []).filter(v => v.tags.some(pattern => matchesTag(pattern, ref.tag ?? '')));
  const version = ref.tag !== undefined && /^v?\d/.test(ref.tag) ? ref.tag : undefined;
  const all = profile.folders ?? [];
  return {
    profile,
    ref,
    user: variants.reduce((user, v) => v.user ?? user, profile.user),
    group: variants.reduce((group, v) => v.group ?? group, profile.group),
    folders: all.filter(folder => inVersion(folder, version)),
    ports: [...profile.ports ?? [], ...variants.flatMap(v => v.ports ?? [])],
    versionGuessed: version === undefined && all.some(f => f.sinceVersion !== undefined || f.beforeVersion !== undefined),
  };
}

/** Tells whether a folder's condition holds for a container. */
export function conditionHolds(when: FolderCondition, container: Container, features: readonly string[]): boolean {
  const words = [...container.command ?? [], ...container.args ?? []];
  const holds = (when.feature !== undefined && features.includes(when.feature))
    || (when.argPrefixes ?? []).some(prefix => words.some(word => word.startsWith(prefix)))
    || (when.envPrefixes ?? []).some(prefix => (container.env ?? []).some(({ name }) => name.startsWith(prefix)));
  return holds !== (when.unless ?? false);
}

function inVersion(folder: WritableFolder, version: string | undefined): boolean {
  if (version === undefined) return folder.beforeVersion === undefined;
  return (folder.sinceVersion === undefined || reaches(version, folder.sinceVersion))
    && (folder.beforeVersion === undefined || !reaches(version, folder.beforeVersion));
}

/** A tag of fewer numbers moves with the releases: `1.27` is its newest one, and so has reached `1.27.5`. */
function reaches(version: string, bound: string): boolean {
  const numbers = /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1].split('.').length ?? 0;
  return compareVersions(version, bound.split('.').slice(0, numbers).join('.')) >= 0;
}

function matchesTag(pattern: string, tag: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return tag === pattern;
  const [first, last] = [parts[0], parts[parts.length - 1]];
  if (!tag.startsWith(first) || !tag.endsWith(last) || tag.length < first.length + last.length) return false;
  let position = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = tag.indexOf(part, position);
    if (found < 0 || found + part.length > tag.length - last.length) return false;
    position = found + part.length;
  }
  return true;
}

function unmirrored(repository: string, mirrors: Mirrors): string {
  // The longest mirror that fits, so that a mirror of one repository wins over that of its registry.
  const mirror = Object.keys(mirrors).sort((a, b) => b.length - a.length)
    .find(prefix => repository === prefix || repository.startsWith(`${prefix}/`));
  if (mirror === undefined) return repository;
  return fullRepository(`${mirrors[mirror]}${repository.slice(mirror.length)}`);
}
