import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { fullRepository } from '../../../src/kube/image-ref';
import { checkFolderPath, realFolder } from '../../../src/kube/paths';
import { ImageProfile, ImageProfileProps, ProfileConfidence } from '../../../src/posture/image-profile';
import { PROFILES } from '../../../src/posture/profiles';
import { findProfile, resolveProfile } from '../../../src/posture/resolve-profile';
import { FolderKind } from '../../../src/posture/writable-folder';
import { tagOf, witnesses } from './witness';

interface Entry {
  readonly image: string;
  readonly uid: number | null;
  readonly gid: number | null;
  readonly writablePaths: { path: string; why: string; kind: string }[];
  readonly ports: number[];
  readonly readOnlyRootEvidence: string | null;
  readonly variants: { tag: string; uid?: number; gid?: number; ports?: number[] }[];
  readonly confidence: string;
}

const ROOT = join(__dirname, '..', '..', '..');
const FOLDER = join(ROOT, 'src', 'posture', 'profiles');
const EVIDENCE = join(ROOT, '..', 'shared', 'data', 'image-profiles.json');

const DATA_VOLUME = "the evidence says 'plus the data volume' without its path: it is where the image looks for it";
const LEGACY = 'Bitnami moved its free images there in 2025';
const ALPINE = "the evidence writes '*-alpine'; 'alpine' and '17-alpine3.22' are tags of the same images";
const SAME_IMAGE = 'the same image, published by its makers in a second registry';

/** What profiles state beyond the evidence, and why. A line that nothing needs any more fails. */
const DELIBERATE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'httpd': { 'tags *alpine*': ALPINE },
  'redis': { 'tags *alpine*': ALPINE },
  'postgres': {
    'tags *alpine*': ALPINE,
    'env PGDATA': 'up to 17: PostgreSQL has to own its data folder, and neither the root of a volume nor a subPath is owned by uid 999',
  },
  'rabbitmq': { 'tags *alpine*': ALPINE, 'tags *management*': "the evidence writes '*-management*'; 'management' is a tag of the same image" },
  'wordpress': { 'tags *alpine*': ALPINE, 'tags cli*': "the evidence writes 'cli'; 'cli-php8.3' is a tag of the same image" },
  'nextcloud': { 'tags *alpine*': "the evidence says nothing of it; PHP's Alpine images, of which it is built, have www-data as 82:82" },
  'grafana/grafana': { 'env GF_LOG_MODE': "the evidence: /var/log/grafana is needed 'only unless log.mode=console', and so that is said" },
  'prom/prometheus': { 'image quay.io/prometheus/prometheus': SAME_IMAGE },
  'eclipse-temurin': { 'image docker.io/library/openjdk': "the evidence: 'deprecated image, same JVM behaviour'" },
  'docker.elastic.co/elasticsearch/elasticsearch': { 'image docker.io/library/elasticsearch': SAME_IMAGE },
  'minio/minio': { 'image quay.io/minio/minio': SAME_IMAGE },
  'gitea/gitea:*-rootless': { 'image docker.gitea.com/gitea': SAME_IMAGE },
  'apache/kafka': { 'folder /tmp ephemeral': 'its default configuration keeps log segments there (log.dirs=/tmp/kraft-combined-logs)' },
  'hashicorp/vault': {
    'env SKIP_CHOWN': 'the start script stops where it may not chown a mount; the official chart sets it',
    'env SKIP_SETCAP': "the evidence: 'then set SKIP_SETCAP'",
  },
  'bitnami/nginx': { 'image docker.io/bitnamilegacy/nginx': LEGACY },
  'bitnami/redis': { 'image docker.io/bitnamilegacy/redis': LEGACY, 'folder /bitnami/redis/data data': DATA_VOLUME },
  'bitnami/postgresql': { 'image docker.io/bitnamilegacy/postgresql': LEGACY, 'folder /bitnami/postgresql data': DATA_VOLUME },
  'bitnami/mysql': { 'image docker.io/bitnamilegacy/mysql': LEGACY, 'folder /bitnami/mysql data': DATA_VOLUME },
  'bitnami/mariadb': { 'image docker.io/bitnamilegacy/mariadb': LEGACY, 'folder /bitnami/mariadb data': DATA_VOLUME },
  'bitnami/mongodb': { 'image docker.io/bitnamilegacy/mongodb': LEGACY, 'folder /bitnami/mongodb data': DATA_VOLUME },
  'bitnami/rabbitmq': { 'image docker.io/bitnamilegacy/rabbitmq': LEGACY, 'folder /bitnami/rabbitmq/mnesia data': DATA_VOLUME },
  'bitnami/keycloak': { 'image docker.io/bitnamilegacy/keycloak': LEGACY },
  'bitnami/elasticsearch': { 'image docker.io/bitnamilegacy/elasticsearch': LEGACY, 'folder /bitnami/elasticsearch/data data': DATA_VOLUME },
  'bitnami/minio': { 'image docker.io/bitnamilegacy/minio': LEGACY, 'folder /bitnami/minio/data data': DATA_VOLUME },
};

const files = readdirSync(FOLDER).filter(file => file !== 'index.ts').sort();
const evidence: Entry[] | undefined = existsSync(EVIDENCE) ? JSON.parse(readFileSync(EVIDENCE, 'utf8')) : undefined;
// Not by console, which jest would show with a stack.
if (!evidence) process.stderr.write('skipped: ../shared/data/image-profiles.json, with which profiles are compared, is not here\n');

const folderFact = (path: string, kind: string) => `folder ${realFolder(path)} ${kind}`;

function factsOfEntry(entry: Entry): Set<string> {
  const [image, tags] = entry.image.split(':');
  return new Set([
    `image ${fullRepository(image)}`,
    ...(tags ? [`tags ${tags}`] : []),
    ...entry.writablePaths.map(({ path, kind }) => folderFact(path, kind)),
    ...[...entry.ports, ...entry.variants.flatMap(variant => variant.ports ?? [])].map(port => `port ${port}`),
    ...entry.variants.map(variant => `tags ${variant.tag}`),
  ]);
}

function factsOfProfile(profile: ImageProfileProps): Set<string> {
  const folders = profile.folders ?? [];
  const variants = profile.variants ?? [];
  return new Set([
    ...profile.images.map(image => `image ${image}`),
    ...[...profile.tags ?? [], ...variants.flatMap(variant => variant.tags)].map(tags => `tags ${tags}`),
    ...folders.map(({ path, kind }) => folderFact(path, kind ?? FolderKind.EPHEMERAL)),
    ...[...profile.ports ?? [], ...variants.flatMap(variant => variant.ports ?? [])].map(port => `port ${port}`),
    ...[profile.env ?? {}, ...folders.map(folder => folder.env ?? {})].flatMap(env => Object.keys(env)).map(name => `env ${name}`),
    ...(profile.args ?? []).map(arg => `arg ${arg}`),
    ...Object.keys(profile.sysctls ?? {}).map(name => `sysctl ${name}`),
    ...(profile.memoryLimit || profile.memoryRequest ? ['memory'] : []),
  ]);
}

/** The name of the image as the evidence writes it, with a tag that the profile is about. */
function tagged(entry: Entry): string {
  return entry.image.includes(':') ? entry.image.replace('*', '1.2') : `${entry.image}:1.2`;
}

describe('the list of profiles', () => {
  test('holds what each file exports, once', () => {
    const exported = files.map(file => Object.values(jest.requireActual(join(FOLDER, file))));
    expect(exported.map(values => values.length)).toEqual(files.map(() => 1));
    expect(new Set(exported.flat())).toEqual(new Set(PROFILES));
    expect(PROFILES).toHaveLength(files.length);
  });

  test('names no image twice for the same tags', () => {
    const names = PROFILES.flatMap(profile => profile.images.flatMap(image => (profile.tags ?? ['*']).map(tags => `${image}:${tags}`)));
    expect(names).toEqual([...new Set(names)]);
  });

  test('tells which profiles carry evidence for a read-only root, and which do not', () => {
    expect(Object.fromEntries(PROFILES.map(profile => [profile.images[0], profile.readOnlyRootEvidence ?? 'none']))).toMatchSnapshot();
  });
});

describe.each(files.map(file => [file]))('%s', file => {
  const source = readFileSync(join(FOLDER, file), 'utf8');
  const profile: ImageProfileProps = Object.values(jest.requireActual(join(FOLDER, file)))[0] as ImageProfileProps;
  const folders = profile.folders ?? [];

  test('is named like its image, and so is its constant', () => {
    const name = file.replace(/\.ts$/, '');
    const constant = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    expect(source).toContain(`export const ${constant}: ImageProfileProps = {`);
    expect(profile.images[0]).toContain(name.replace(/^bitnami-/, 'bitnami/'));
  });

  test('names its sources in a comment, and has fewer than 120 lines', () => {
    expect(source).toMatch(/\/\*\*[\s*]*Sources: [^/]{2}[\s\S]*?\*\/\nexport const /);
    expect(source.split('\n').length).toBeLessThan(120);
  });

  test('passes what a profile of one\'s own has to pass', () => {
    expect(ImageProfile.of(profile).props).toBe(profile);
    expect(profile.images).toEqual(profile.images.map(fullRepository));
  });

  test('has valid paths, none twice in one version, each with its reason', () => {
    expect(folders.map(({ path }) => path)).toEqual(folders.map(({ path }) => checkFolderPath(file, path)));
    expect(folders.every(({ why }) => why)).toBe(true);
    for (const version of ['1', '99', ...folders.flatMap(folder => [folder.sinceVersion ?? [], folder.beforeVersion ?? []].flat())]) {
      const image = `${profile.images[0]}:${tagOf(profile, version)}`;
      const features = folders.flatMap(({ when }) => when?.feature ?? []);
      const paths = resolveProfile({ name: 'main', image }, features, [profile])!.folders.map(({ path }) => realFolder(path));
      expect(paths).toEqual([...new Set(paths)]);
    }
  });

  test('writes every one of its folders in some version, by each of the ways that its condition names', () => {
    for (const folder of folders) {
      expect(witnesses(profile, folder)).not.toHaveLength(0);
      for (const { container, features } of witnesses(profile, folder)) {
        expect(resolveProfile(container, features, [profile])!.folders).toContain(folder);
      }
    }
  });

  test('gives a part of a volume, and variables of a folder, to data alone', () => {
    expect(folders.filter(({ kind, subPath, env }) => kind !== FolderKind.DATA && (subPath ?? env)).map(({ path }) => path)).toEqual([]);
  });

  test('lets clients in by ports that it has', () => {
    const ports = profile.ports ?? [];
    expect(ports).toEqual([...new Set(ports)]);
    expect(ports).toEqual(expect.arrayContaining(profile.clientPorts ?? []));
    expect(profile.clientPorts).not.toEqual([]);
  });

  test('asks for no root, and speaks in whole sentences', () => {
    expect([profile.user, ...(profile.variants ?? []).map(variant => variant.user)]).not.toContain(0);
    for (const sentence of (profile.note ?? 'Nothing.').split(/(?<=\.) /)) expect(sentence).toMatch(/^["\dA-Z].*\.$/);
  });
});

(evidence ? describe : describe.skip)('the evidence', () => {
  test('is not outgrown by the table of deliberate differences', () => {
    expect(Object.keys(DELIBERATE).filter(image => !evidence!.some(entry => entry.image === image))).toEqual([]);
  });

  test('has an entry for every profile', () => {
    expect(new Set((evidence ?? []).map(entry => findProfile(tagged(entry), PROFILES)))).toEqual(new Set(PROFILES));
  });

  for (const entry of evidence ?? []) {
    describe(`for ${entry.image}`, () => {
      const image = tagged(entry);
      const profile = findProfile(image, PROFILES)!;

      test('has a profile, with and without the name of the registry', () => {
        expect(profile).toBeDefined();
        expect(findProfile(image.replace(/^[^:]*/, fullRepository), PROFILES)).toBe(profile);
        expect(findProfile(image.replace(/^[^:]*/, name => fullRepository(name).replace('docker.io/', 'index.docker.io/')), PROFILES)).toBe(profile);
      });

      test('gives the same user and group, for every variant too', () => {
        const resolved = resolveProfile({ name: 'main', image }, [], PROFILES)!;
        expect([resolved.user, resolved.group]).toEqual([entry.uid ?? undefined, entry.gid ?? undefined]);
        for (const variant of entry.variants) {
          for (const tag of variant.tag.split(' / ')) {
            const other = resolveProfile({ name: 'main', image: image.replace(/:.*/, `:${tag.replace(/ .*/, '').replace(/\*/g, '1.2')}`) }, [], PROFILES)!;
            expect(other?.profile ?? profile).toBe(profile);
            if (variant.uid !== undefined) expect([other.user, other.group]).toEqual([variant.uid, variant.gid]);
            if (variant.ports) expect(other.ports).toEqual([...entry.ports, ...variant.ports]);
          }
        }
      });

      test('gives the same ports', () => {
        expect([...profile.ports ?? []].sort()).toEqual([...entry.ports].sort());
      });

      test('finds every path again, in some version or condition', () => {
        const known = factsOfProfile(profile);
        expect(entry.writablePaths.map(({ path, kind }) => folderFact(path, kind)).filter(fact => !known.has(fact))).toEqual([]);
      });

      test('knows all that the profile states, but for what is deliberate', () => {
        const known = factsOfEntry(entry);
        expect([...factsOfProfile(profile)].filter(fact => !known.has(fact)).sort()).toEqual(Object.keys(DELIBERATE[entry.image] ?? {}).sort());
      });

      test('is as sure as the profile, and as much of it is for a read-only root', () => {
        expect(profile.confidence ?? ProfileConfidence.HIGH).toBe(entry.confidence);
        expect(profile.readOnlyRootEvidence !== undefined).toBe(entry.readOnlyRootEvidence !== null);
      });
    });
  }
});
