import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The package of JSON schemas, one set for each minor version, made of Kubernetes' own OpenAPI (Apache-2.0).
 * Its sets are what `api/openapi-spec/swagger.json` of each release says, in one download of 23 MB instead of eleven.
 */
const SCHEMAS = 'kubernetes-validate==1.37.0';

/** A definition of OpenAPI, as far as we read it. */
export interface Definition {
  readonly '$ref'?: string;
  readonly 'type'?: string | readonly string[];
  readonly 'format'?: string;
  readonly 'enum'?: readonly string[];
  readonly 'items'?: Definition;
  readonly 'additionalProperties'?: Definition;
  readonly 'properties'?: Readonly<Record<string, Definition>>;
  readonly 'required'?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: ReadonlyArray<{ group: string; version: string; kind: string }>;
}

export type Definitions = Readonly<Record<string, Definition>>;

/** Unpacks the package of schemas into the cache folder, once; returns the folder that holds a folder per version. */
export function schemaFolder(cache: string): string {
  const unpacked = join(cache, 'schemas');
  const folder = join(unpacked, 'kubernetes_validate', 'kubernetes-json-schema');
  if (!existsSync(folder)) {
    mkdirSync(unpacked, { recursive: true });
    run('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', cache, SCHEMAS]);
    const wheel = readdirSync(cache).find(name => name.endsWith('.whl'))!;
    run('python3', ['-m', 'zipfile', '-e', join(cache, wheel), unpacked]);
  }
  return folder;
}

/** Every definition of a minor version. */
export function definitionsOf(folder: string, minor: number): Definitions {
  return JSON.parse(readFileSync(join(folder, `v1.${minor}.0-local`, '_definitions.json'), 'utf8')).$defs;
}

/** The folder of a Go module in Go's own cache: k8s.io/api says what the OpenAPI leaves out, enums and life cycles. */
export function goModule(name: string, minor: number): string {
  return JSON.parse(run('go', ['mod', 'download', '-json', `${name}@v0.${minor}.0`])).Dir;
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
