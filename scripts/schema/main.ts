/** Writes src/kube/schema/data.ts. Needs Python with pip, Go, and their registries; the same sources, the same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NEWEST_KUBERNETES, OLDEST_KUBERNETES, minorOf } from '../../src/kube/versions';
import { encode } from './encode';
import { enumsOf } from './go-enums';
import { Lifecycle, lifecyclesOf } from './go-lifecycles';
import { Merged } from './merge';
import { definitionsOf, goModule, schemaFolder } from './sources';

const ROOT = join(__dirname, '..', '..');
const CACHE = process.env.SCHEMA_CACHE ?? join(ROOT, 'node_modules', '.cache', 'schema');
const TARGET = join(ROOT, 'src', 'kube', 'schema', 'data.ts');

/** Before this release k8s.io/api still had PodSecurityPolicy; later ones have forgotten it. */
const OLDEST_LIFECYCLES = 24;
/** What the API server warns of, and no life cycle says. */
const BESIDES: readonly Lifecycle[] = [
  { apiVersion: 'v1', kind: 'ComponentStatus', deprecated: 19 },
  { apiVersion: 'v1', kind: 'Endpoints', deprecated: 33, replacement: 'discovery.k8s.io/v1 EndpointSlice' },
];

const oldest = minorOf(OLDEST_KUBERNETES)!;
const newest = minorOf(NEWEST_KUBERNETES)!;

mkdirSync(CACHE, { recursive: true });
const schemas = schemaFolder(CACHE);
const merged = new Merged();
/** The latest word on each wins: removals have been put off. */
const lifecycles = new Map<string, Lifecycle>();
const note = (lifecycle: Lifecycle) => lifecycles.set(`${lifecycle.apiVersion} ${lifecycle.kind}`, lifecycle);
lifecyclesOf(goModule('k8s.io/api', OLDEST_LIFECYCLES)).forEach(note);
for (let minor = oldest; minor <= newest; minor++) {
  const api = goModule('k8s.io/api', minor);
  merged.add(minor, definitionsOf(schemas, minor), enumsOf(api));
  const modules = [api, goModule('k8s.io/apiextensions-apiserver', minor), goModule('k8s.io/kube-aggregator', minor)];
  modules.flatMap(lifecyclesOf).forEach(note);
}
BESIDES.forEach(note);

const idle = merged.idle(newest);
if (idle.length) throw new Error(`not needed in scripts/schema/not-required.ts: ${idle.join(', ')}`);

const text = encode(merged, [...lifecycles.values()], [oldest, newest]);
mkdirSync(join(TARGET, '..'), { recursive: true });
writeFileSync(TARGET, text);
process.stdout.write(`${TARGET}: ${text.length} bytes, ${gzipSync(text).length} with gzip\n`);
