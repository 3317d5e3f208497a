import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** When an API version of a kind was or will be deprecated and removed: minor versions of Kubernetes 1. */
export interface Lifecycle {
  readonly apiVersion: string;
  readonly kind: string;
  readonly deprecated: number;
  readonly removed?: number;
  /** `networking.k8s.io/v1 Ingress`. */
  readonly replacement?: string;
}

const FILE = 'zz_generated.prerelease-lifecycle.go';

/** The life cycles that a Go module with API types declares. */
export function lifecyclesOf(moduleFolder: string): Lifecycle[] {
  return readdirSync(moduleFolder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith(`/${FILE}`))
    .sort()
    .flatMap(path => {
      const folder = dirname(join(moduleFolder, path));
      const [, group] = /^const GroupName = "([^"]*)"/m.exec(readFileSync(join(folder, 'register.go'), 'utf8'))!;
      const version = folder.split('/').pop()!;
      return read(readFileSync(join(folder, FILE), 'utf8'), group ? `${group}/${version}` : version);
    });
}

function read(text: string, apiVersion: string): Lifecycle[] {
  const versions = (what: string) => new Map([...text.matchAll(
    new RegExp(`func \\(in \\*(\\w+)\\) APILifecycle${what}\\(\\) \\(major, minor int\\) \\{\\s+return 1, (\\d+)`, 'g'),
  )].map(([, kind, minor]) => [kind, Number(minor)]));
  const replacements = new Map([...text.matchAll(
    /func \(in \*(\w+)\) APILifecycleReplacement\(\) schema.GroupVersionKind \{\s+return schema.GroupVersionKind\{Group: "(.*?)", Version: "(.*?)", Kind: "(.*?)"/g,
  )].map(([, kind, group, version, name]) => [kind, `${group ? `${group}/` : ''}${version} ${name}`]));
  const removed = versions('Removed');
  return [...versions('Deprecated')]
    .filter(([kind]) => !kind.endsWith('List'))
    .map(([kind, deprecated]) => ({ apiVersion, kind, deprecated, removed: removed.get(kind), replacement: replacements.get(kind) }));
}
