import * as ts from 'typescript';
import { Files } from './files';
import { circlesIn, graphOf, waysFrom } from './graph';
import { Import, packageOf } from './imports';
import { FORBIDDEN_FOLDERS, Room } from './table';

/** Each check answers with the complaints that it has: an empty list is a pass. */
export type Complaints = string[];

type Rooms = Readonly<Record<string, Room>>;

/** `kube` of src/kube/cidr.ts, `index` of src/index.ts. */
export function roomOf(path: string): string {
  return path.split('/')[1].replace(/\.ts$/, '');
}

/** Every folder and every file beside them is a room of the table, and every line of the table is right. */
export function unknownRooms(files: Files, rooms: Rooms): Complaints {
  const unknown = new Set([...files.keys()].map(roomOf).filter(room => !(room in rooms)));
  return [...unknown].map(room => `src/${room} is no room of the house. Put its files where their noun lives, or add the room in test/house/table.ts and ARCHITECTURE.md`);
}

/** Imports between rooms that the table does not grant. */
export function forbiddenRooms(imports: readonly Import[], rooms: Rooms): Complaints {
  return imports.flatMap(({ from, line, file, specifier }) => {
    if (file === undefined) return [];
    if (!file.startsWith('src/')) return [`${from}:${line} imports '${specifier}', which is outside of src`];
    const room = roomOf(from);
    if (room === roomOf(file)) return [];
    const granted = rooms[room]?.imports ?? [];
    if (granted.some(grant => file === `src/${grant}.ts` || file.startsWith(`src/${grant}/`))) return [];
    return [`${from}:${line} imports '${specifier}' (${file}), but ${room} may import ${list(granted)} only. Move the code to where its noun lives, or move the border in test/house/table.ts and ARCHITECTURE.md`];
  });
}

/** Packages that a room loads at run time and may not. */
export function forbiddenPackages(imports: readonly Import[], rooms: Rooms): Complaints {
  return imports.flatMap(({ from, line, file, specifier, typeOnly }) => {
    if (file !== undefined || typeOnly) return [];
    const granted = rooms[roomOf(from)]?.packages ?? [];
    if (granted.includes(packageOf(specifier))) return [];
    return [`${from}:${line} loads '${specifier}', but ${roomOf(from)} may load ${list(granted)} only. Say \`import type\` if only types are needed, or grant the package in test/house/table.ts`];
  });
}

/** Files that import each other round about, types included. */
export function circles(imports: readonly Import[]): Complaints {
  return circlesIn(graphOf(imports))
    .map(circle => `${circle.join(' -> ')} is a circle. Move what both need into a file below them`);
}

/** Files that nobody can get at. */
export function deadFiles(files: Files, imports: readonly Import[], entries: readonly string[]): Complaints {
  const reached = waysFrom(entries, graphOf(imports));
  return [...files.keys()].filter(file => !reached.has(file))
    .map(file => `${file} is reached from no entry (${entries.join(', ')}). Use it or delete it`);
}

/** What must not be loaded from the given start, at run time, with the way on which it would be. */
export function loadedThough(imports: readonly Import[], starts: readonly string[], never: readonly string[]): Complaints {
  const atRunTime = imports.filter(({ typeOnly }) => !typeOnly);
  const ways = waysFrom(starts, graphOf(atRunTime));
  const complaint = (way: readonly string[], what: string) => `${way.join(' -> ')} loads ${what}. Say \`import type\`, or move the arrow`;
  return [
    ...[...ways].flatMap(([file, way]) => never.some(folder => file.startsWith(folder)) ? [complaint(way.slice(0, -1), file)] : []),
    ...atRunTime.flatMap(({ from, file, specifier }) => {
      const way = ways.get(from);
      return way && file === undefined && never.includes(packageOf(specifier)) ? [complaint(way, specifier)] : [];
    }),
  ];
}

/** Files with more lines than are allowed; data files are as long as their data. */
export function longFiles(files: Files, longest: number, dataFolders: readonly string[]): Complaints {
  return [...files]
    .filter(([path]) => !dataFolders.some(folder => path.startsWith(folder)))
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > longest)
    .map(({ path, lines }) => `${path} has ${lines} lines, ${longest} at most. Find the second subject in it and give it a file`);
}

/** Cellars. */
export function forbiddenFolders(files: Files): Complaints {
  const folders = new Set([...files.keys()].map(path => path.split('/').slice(0, -1).join('/')));
  return [...folders].filter(folder => folder.split('/').some(part => FORBIDDEN_FOLDERS.includes(part)))
    .map(folder => `${folder} is a cellar. A helper lives where its noun lives`);
}

/** The door for programs is a list of exports and nothing else. */
export function notExports(path: string, text: string): Complaints {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter(statement => !(ts.isExportDeclaration(statement) && statement.moduleSpecifier))
    .map(statement => `${path}:${source.getLineAndCharacterOfPosition(statement.getStart()).line + 1} is no \`export … from\`: ${statement.getText().split('\n')[0]}`);
}

function list(granted: readonly string[]): string {
  return granted.length === 0 ? 'nothing' : granted.join(', ');
}
