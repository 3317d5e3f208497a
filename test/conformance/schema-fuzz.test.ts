import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { NOT_REQUIRED } from '../../scripts/schema/not-required';
import { JsonObject } from '../../src/kube/json';
import { SchemaFault, SchemaFaultKind, fieldPath } from '../../src/kube/schema/fault';
import { validate } from '../../src/kube/schema/validate';

/** What the independent validator says of one object. */
interface Witness {
  readonly minor: number;
  readonly manifest: JsonObject;
  readonly unknown: Path[];
  readonly type: Path[];
  readonly missing: Path[];
}

type Path = Array<string | number>;

/** A Python that has kubernetes-validate; test/conformance/schema.sh makes one. */
const PYTHON = process.env.SCHEMA_PYTHON;
const COUNT = process.env.FUZZ_OBJECTS ?? '3000';
const SEED = process.env.SEED ?? String(Date.now() % 1e6);

/** What JSON schemas cannot say: the form of a string, the size of a number. */
const FINER = /^is a string, but not |^is a number of more than 32 bits/;

/** Names of fields that are not required whatever the schemas say. */
const LENIENT = new Set(NOT_REQUIRED.map(field => field.split('.')[1]));

(PYTHON ? test : test.skip)(`${COUNT} objects of every kind and version, many of them wrong, are judged as by the JSON schemas (SEED=${SEED})`, () => {
  const output = execFileSync(PYTHON!, [join(__dirname, 'schema-witness.py'), COUNT, SEED], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const rows: Witness[] = output.trim().split('\n').map(line => JSON.parse(line));
  const differences = rows.flatMap(row => compare(row).map(text => `${row.manifest.apiVersion} ${row.manifest.kind} at 1.${row.minor}: ${text}`));
  const wrong = rows.filter(row => row.unknown.length + row.type.length + row.missing.length > 0);
  process.stdout.write(`${rows.length} objects, ${wrong.length} of them wrong, SEED=${SEED}\n`);
  expect(differences).toEqual([]);
});

function compare(row: Witness): string[] {
  const faults = validate(row.manifest, row.minor);
  const mine = (kind: SchemaFaultKind, filter: (fault: SchemaFault) => boolean = () => true) =>
    faults.filter(fault => fault.kind === kind && filter(fault)).map(({ field }) => field);
  return [
    ...mine('api-unknown'), ...mine('api-removed'),
    ...difference('unknown field', mine('unknown-field'), row.unknown),
    ...difference('type', mine('wrong-type', ({ what }) => !FINER.test(what)), row.type),
    ...difference('missing', mine('missing-field', ({ field }) => !LENIENT.has(field.replace(/^.*\./, ''))), row.missing.filter(path => !LENIENT.has(String(path[path.length - 1])))),
  ];
}

function difference(what: string, mine: readonly string[], theirs: readonly Path[]): string[] {
  const [ours, others] = [new Set(mine), new Set(theirs.map(fieldPath))];
  return [
    ...[...ours].filter(field => !others.has(field)).map(field => `${what} only here: ${field}`),
    ...[...others].filter(field => !ours.has(field)).map(field => `${what} only there: ${field}`),
  ];
}
