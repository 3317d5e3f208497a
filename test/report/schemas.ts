import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { ValidateFunction } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { ROOT } from '../house/files';

/** One pattern of the standard's schema is no regular expression to those who read strictly. */
const OPTIONS = { strict: false, allErrors: true, unicodeRegExp: false };
const SCHEMAS = {
  check: { file: 'schemas/check.json', ajv: () => new Ajv(OPTIONS) },
  baseline: { file: 'schemas/baseline.json', ajv: () => withSchemas('schemas/check.json') },
  waivers: { file: 'schemas/waivers.json', ajv: () => withSchemas('schemas/check.json') },
  reach: { file: 'schemas/reach.json', ajv: () => new Ajv(OPTIONS) },
  explain: { file: 'schemas/reach-explain.json', ajv: () => withReach() },
  observed: { file: 'schemas/reach-observed.json', ajv: () => new Ajv(OPTIONS) },
  diff: { file: 'schemas/diff.json', ajv: () => withReach('schemas/reach-explain.json') },
  exposure: { file: 'schemas/reach-exposure.json', ajv: () => withReach() },
  paths: { file: 'schemas/reach-paths.json', ajv: () => withReach() },
  /** The standard's own, as a package ships it. */
  sarif: { file: 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', ajv: () => new AjvDraft04(OPTIONS) },
};
/** Schemas that speak of what `reach` writes, too. */
function withReach(...files: string[]): Ajv {
  return withSchemas('schemas/reach.json', ...files);
}
function withSchemas(...files: string[]): Ajv {
  const ajv = new Ajv(OPTIONS);
  for (const file of files) ajv.addSchema(JSON.parse(readFileSync(join(ROOT, file), 'utf8')));
  return ajv;
}

const validators = new Map<keyof typeof SCHEMAS, ValidateFunction>();

/** What a schema has against a document; nothing if it is as it should be. */
export function faultsBy(schema: keyof typeof SCHEMAS, document: unknown): string[] {
  let validate = validators.get(schema);
  if (!validate) {
    const { file, ajv } = SCHEMAS[schema];
    validators.set(schema, validate = addFormats(ajv()).compile(JSON.parse(readFileSync(join(ROOT, file), 'utf8'))));
  }
  validate(document);
  return (validate.errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}
