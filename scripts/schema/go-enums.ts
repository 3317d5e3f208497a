import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The values that a field may have, by `core.v1.Container.imagePullPolicy`. */
export type Enums = ReadonlyMap<string, readonly string[]>;

interface GoPackage {
  /** The values of each string type that is marked as `+enum`. */
  readonly enums: Map<string, string[]>;
  /** The fields of each struct; `''` for what is embedded. */
  readonly structs: Map<string, Array<{ json: string; type: string }>>;
  /** Package paths (`core/v1`) by the name under which they are imported. */
  readonly imports: Map<string, string>;
}

/** Reads the enums of every API group in a folder of k8s.io/api: the published OpenAPI leaves them out. */
export function enumsOf(apiFolder: string): Enums {
  const packages = new Map<string, GoPackage>();
  for (const group of folders(apiFolder)) {
    for (const version of folders(join(apiFolder, group))) {
      const file = join(apiFolder, group, version, 'types.go');
      if (existsSync(file)) packages.set(`${group}/${version}`, readPackage(readFileSync(file, 'utf8')));
    }
  }
  const found = new Map<string, readonly string[]>();
  for (const [path, { structs }] of packages) {
    for (const name of structs.keys()) {
      for (const { json, type } of fieldsOf(packages.get(path)!, name)) {
        const values = valuesOf(packages, path, type);
        if (values) found.set(`${path.replace('/', '.')}.${name}.${json}`, values);
      }
    }
  }
  return found;
}

function readPackage(text: string): GoPackage {
  const enums = new Map<string, string[]>();
  for (const [, comment, name] of text.matchAll(/((?:^\/\/.*\n)+)^type (\w+) string$/gm)) {
    if (/^\/\/ \+enum$/m.test(comment)) enums.set(name, []);
  }
  for (const [, type, value] of text.matchAll(/^\s+\w+\s+(\w+)\s*=\s*"([^"]*)"/gm)) enums.get(type)?.push(value);
  for (const [, type, value] of text.matchAll(/^\s+\w+\s*=\s*(\w+)\("([^"]*)"\)/gm)) enums.get(type)?.push(value);
  // A value that another constant holds would be missing: such an enum is left open.
  for (const [, type] of text.matchAll(/^\s+\w+\s*=\s*(\w+)\([^")]/gm)) enums.delete(type);
  for (const [, type] of text.matchAll(/^\s+\w+\s+(\w+)\s*=\s*[^"\s]/gm)) enums.delete(type);

  const structs: GoPackage['structs'] = new Map();
  for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    structs.set(name, [
      ...[...body.matchAll(/^\t\w+\s+(\S+)\s+`json:"(\w+)/gm)].map(([, type, json]) => ({ json, type })),
      ...[...body.matchAll(/^\t(\w+)\s+`json:",inline"/gm)].map(([, type]) => ({ json: '', type })),
    ]);
  }
  const imports = new Map([...text.matchAll(/^\s+(\w+) "k8s\.io\/api\/([^"]+)"/gm)].map(([, name, path]) => [name, path]));
  return { enums, structs, imports };
}

/** The fields of a struct, those of embedded structs of the same package included. */
function fieldsOf(goPackage: GoPackage, struct: string): Array<{ json: string; type: string }> {
  return (goPackage.structs.get(struct) ?? []).flatMap(field => field.json === '' ? fieldsOf(goPackage, field.type) : [field]);
}

function valuesOf(packages: ReadonlyMap<string, GoPackage>, path: string, goType: string): readonly string[] | undefined {
  const [, qualifier, name] = /^(?:\*|\[\])*(?:(\w+)\.)?(\w+)$/.exec(goType) ?? [];
  const home = qualifier ? packages.get(path)!.imports.get(qualifier) : path;
  const values = home && packages.get(home)?.enums.get(name);
  return values && values.length > 0 ? values : undefined;
}

function folders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name).sort();
}
