import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { minorOf } from '../../src/kube/versions';
import { answerIn, call, checked } from '../cli/called';
import { ROOT } from '../house/files';
import { faultsBy } from '../report/schemas';

const FOLDER = join(process.env.SHARED ?? join(ROOT, '../shared'), 'conformance');
const IS_THERE = existsSync(FOLDER);
if (!IS_THERE) console.log(`skipped: ${FOLDER} is not there, which holds what others say of the same manifests`);

type Step = [since: string, violated: string[]];
interface Fuzzed { id: number; manifest: object; restricted: Step[]; afterDefaults?: { restricted?: Step[] }; apiInvalid?: boolean }

(IS_THERE ? describe : describe.skip)('check, as it is called', () => {
  test.each(IS_THERE ? readdirSync(FOLDER, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name) : [])(
    'has an answer to everything in %s, in every format, and it is the same twice', name => {
      const folder = join(FOLDER, name);
      const { status, stdout } = call(['check', folder, '--format', 'json']);
      const { problems, summary, findings } = answerIn(stdout);
      process.stderr.write(`${name}: ${summary.objects} objects, ${findings.length} findings, ${problems.length} problems\n`);
      expect(problems.filter(({ message }) => message.includes('could not be judged'))).toEqual([]);
      expect(status).toBe(problems.length ? 2 : findings.some(({ severity }) => severity === 'error') ? 1 : 0);
      for (const { source } of findings) expect([source.line > 0, source.column > 0]).toEqual([true, true]);
      expect(call(['check', folder, '--format', 'json']).stdout).toBe(stdout);
      expect(faultsBy('sarif', JSON.parse(call(['check', folder, '--format', 'sarif']).stdout))).toEqual([]);
      expect(call(['check', folder]).stdout.trimEnd().split('\n').pop()).toContain('pack hardened, Kubernetes 1.37: ');
    });

  test('says of a pod what Kubernetes says of it, on a sample of the fuzzed manifests', () => {
    const lines = readFileSync(join(FOLDER, 'pod-security/fuzz.jsonl'), 'utf8').trim().split('\n').map(line => JSON.parse(line) as Fuzzed);
    const wrong: object[] = [];
    let verdicts = 0;
    for (const { id, manifest, restricted, afterDefaults, apiInvalid } of lines) {
      if (id % 4 || apiInvalid) continue;
      for (const version of ['1.8', '1.24', '1.31', '1.37']) {
        const minor = minorOf(version)!;
        const [, violated] = (afterDefaults?.restricted ?? restricted).filter(([since]) => minorOf(since)! <= minor).pop()!;
        const { findings, status, problems } = checked(manifest, '--pack', 'pss-restricted', '--kubernetes', version);
        const isDenied = findings.some(({ controls }) => controls.pss);
        verdicts++;
        const agrees = problems.length === 0 && isDenied === violated.length > 0 && status === (isDenied ? 1 : 0);
        if (!agrees) wrong.push({ id, version, violated, status, findings });
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(verdicts).toBeGreaterThan(600);
  });
});
