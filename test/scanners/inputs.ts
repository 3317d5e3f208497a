import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing, Yaml } from 'cdk8s';
import { torture } from '../torture/torture';
import { everything } from '../workload/everything';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** What is judged, by what the table of conflicts calls it. */
export const INPUTS = {
  production: () => join(EXAMPLES, '01-production-namespace', 'expected.yaml'),
  microservices: () => join(EXAMPLES, '02-microservices', 'expected.yaml'),
  everything: () => writtenText('everything', Yaml.stringify(...Testing.synth(everything()))),
  torture: () => writtenText('torture', Yaml.stringify(...torture().filter(manifest => !isWaived(manifest)))),
  waived: () => writtenText('waived', Yaml.stringify(...torture().filter(isWaived))),
};
export type Input = keyof typeof INPUTS;

/** What the app that says everything has in the namespace of what was weakened on purpose. */
function isWaived({ metadata: { name, namespace = name } }: { metadata: { name: string; namespace?: string } }): boolean {
  return namespace === 'torture-waived';
}

const folder = mkdtempSync(join(tmpdir(), 'scanned-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of manifests, outside of the repository. */
export function writtenText(name: string, text: string): string {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, text);
  return file;
}
