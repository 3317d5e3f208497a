import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

// After compiling: the modules of a list, which nobody but the list asks for, are written into it. One file a rule is for
// people; to find, read and wrap each by itself takes more of a short command than all that it then does.

const REQUIRED = /\brequire\((["'])(\.[^"']*)\1\)/g;

/** The folders whose `index` lists what lies beside it. */
const LISTS = [
  'posture/profiles', 'rules/account', 'rules/availability', 'rules/binding', 'rules/control-plane', 'rules/exposure', 'rules/manifest',
  'rules/namespace', 'rules/network', 'rules/object', 'rules/pod', 'rules/rbac', 'rules/secret', 'rules/set', 'rules/workload',
];

/** Joins the lists of a folder of compiled modules; what was joined before stays as it is. */
export function joinLists(lib: string): void {
  const askedBy = askers(lib);
  for (const list of LISTS) {
    const index = join(lib, list, 'index.js');
    if (!existsSync(index)) continue;
    const joined: string[] = [];
    const text = readFileSync(index, 'utf8').replace(REQUIRED, (whole, _quote, name: string) => {
      const file = fileOf(index, name);
      if (dirname(file) !== dirname(index) || askedBy.get(file)?.size !== 1) return whole;
      if (!joined.includes(file)) joined.push(file);
      return `joined[${JSON.stringify(name)}]()`;
    });
    if (!joined.length) continue;
    const modules = joined.map(file => `joined[${JSON.stringify(`./${file.slice(dirname(file).length + 1, -'.js'.length)}`)}] = () => {\nconst exports = {};\n${readFileSync(file, 'utf8')}\nreturn exports;\n};`);
    writeFileSync(index, `const joined = {};\n${modules.join('\n')}\n${text}`);
    for (const file of joined) rmSync(file);
  }
}

/** Which modules ask for each module. */
function askers(lib: string): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  for (const name of readdirSync(lib, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue;
    const file = join(lib, name);
    for (const [, , wanted] of readFileSync(file, 'utf8').matchAll(REQUIRED)) {
      const target = fileOf(file, wanted);
      asked.set(target, (asked.get(target) ?? new Set()).add(file));
    }
  }
  return asked;
}

function fileOf(from: string, name: string): string {
  const path = resolve(dirname(from), name);
  return [`${path}.js`, join(path, 'index.js')].find(file => existsSync(file)) ?? `${path}.js`;
}

if (require.main === module) joinLists(join(__dirname, '..', 'lib'));
