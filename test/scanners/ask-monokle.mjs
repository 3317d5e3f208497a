// Monokle's validation as a program: node ask-monokle.mjs MODULES FILE writes one id a line. It is an ES module, and jest has none.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, file] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));
const { parse } = require('yaml');
const { ResourceParser, SchemaLoader, createDefaultMonokleValidator } = await import(pathToFileURL(join(folder, 'node_modules/@monokle/validation/lib/node.js')).href);

const resources = [];
let fileOffset = 0;
for (const text of readFileSync(file, 'utf8').split(/^---\n/m)) {
  const content = parse(text);
  if (content) {
    const { apiVersion, kind, metadata: { name, namespace } } = content;
    resources.push({ id: String(resources.length), name, namespace, apiVersion, kind, fileId: file, filePath: file, fileOffset, text, content });
  }
  fileOffset += text.length + '---\n'.length;
}
const validator = createDefaultMonokleValidator(new ResourceParser(), new SchemaLoader());
// The others fetch what they need.
const plugins = {
  'practices': true, 'pod-security-standards': true, 'resource-links': true, 'yaml-syntax': true, 'kubernetes-schema': false, 'open-policy-agent': false,
};
await validator.preload({ plugins });
const { runs } = await validator.validate({ resources });
const known = runs.flatMap(({ tool }) => (tool.extensions ?? []).map(({ name }) => name));
for (const plugin of Object.keys(plugins)) {
  if (plugins[plugin] && !known.includes(plugin)) throw new Error(`the plugin ${plugin} was not asked`);
}
for (const { results } of runs) for (const { ruleId } of results) console.log(ruleId);
