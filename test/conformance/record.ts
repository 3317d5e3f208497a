/** Set up by psa.sh in front of every test: keeps the hardened manifests that charts write, for judge and jury. */
import { appendFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ApiObject, Chart } from 'cdk8s';
import { settingsOf } from '../../src/hardening/settings';
import { TreeObject } from '../../src/hardening/tree-object';
import { seamOf } from '../../src/rules/harden/seam';
import { ROOT } from '../house/files';
import { podsIn } from './manifests';

const file = join(process.env.PODS_WRITTEN!, `${process.env.JEST_WORKER_ID}.jsonl`);
const seen = new Set<string>();
const { toJson } = Chart.prototype;

Chart.prototype.toJson = function (this: Chart) {
  const manifests = toJson.call(this);
  const hardened = this.node.findAll().filter(construct => construct instanceof ApiObject && seamOf(construct) && !isOnlyJudged(construct))
    .map(construct => nameOf(construct as ApiObject));
  const { testPath = '', currentTestName } = expect.getState();
  const place = `${relative(ROOT, testPath)} > ${currentTestName}`;
  const ours = manifests.filter(({ kind, metadata }) => hardened.includes(nameOf({ kind, name: metadata?.name })));
  for (const pod of podsIn(ours, place)) {
    const line = `${JSON.stringify(pod)}\n`;
    if (!seen.has(line)) appendFileSync(file, line);
    seen.add(line);
  }
  return manifests;
};

/** What others wrote and nobody asked to be hardened. */
function isOnlyJudged(object: ApiObject): boolean {
  return TreeObject.of(object).isLaid && settingsOf(object)?.enforces === false;
}

function nameOf({ kind, name }: { kind: string; name: string }): string {
  return `${kind} ${name}`;
}
