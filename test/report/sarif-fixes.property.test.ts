import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { compose } from '../../src/kube/reading/compose';
import { JUDGED_RULES } from '../../src/rules/harden/judged-rules';
import { call } from '../cli/called';
import { manifests } from '../rules/arbitrary-manifests';
import { SarifResult, aboutOf, applied, appliedAll, resultsOf, schemaFaultsOf } from './sarif-fixes';

const fixed = (text: string) => call(['fix', '-'], { stdin: text }).stdout;
/** Objects by themselves, one behind the other, in Lists, as JSON, with the line ends of Windows. */
const texts = fc.tuple(fc.array(manifests, { minLength: 1, maxLength: 3 }), fc.constantFrom('documents', 'list', 'json', 'crlf')).map(([its, form]) => {
  const objects = its.map((manifest, i) => ({ ...manifest, metadata: { ...manifest.metadata, name: `x${i}` } }));
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  if (form === 'list') return `# all\n${stringify(list)}`;
  if (form === 'json') return JSON.stringify(list, undefined, 1);
  const yaml = objects.map(object => `---\n${stringify(object)}`).join('');
  return form === 'crlf' ? yaml.replaceAll('\n', '\r\n') : yaml;
});

describe('the fixes in SARIF', () => {
  test('end the finding that carries them, each by itself, and bring no other', () => {
    fc.assert(fc.property(texts, text => {
      expect(schemaFaultsOf(text)).toEqual([]);
      const results = resultsOf(text);
      const before = new Set(results.map(aboutOf));
      for (const result of results.filter(({ fixes }) => fixes)) {
        const left = resultsOf(applied(text, result as Required<SarifResult>)).map(aboutOf);
        expect(left).not.toContain(aboutOf(result));
        // A container that copies files of the image is new, and what is said of it has fixes of its own.
        expect(left.filter(about => !before.has(about) && !about.includes("container 'seed-"))).toEqual([]);
      }
    }), { numRuns: 25 });
  });

  test('made one after the other lead to what fix writes at once', () => {
    fc.assert(fc.property(texts, text => {
      // What fix writes besides where nobody complains: spellings, and defaults that were written out.
      expect(compose(fixed(appliedAll(text)))).toEqual(compose(fixed(text)));
    }), { numRuns: 15 });
  });

  test('are with every finding that fix would end', () => {
    fc.assert(fc.property(texts, text => {
      const left = new Set(resultsOf(fixed(text)).map(aboutOf));
      // What judges alone ask has no remedy of its own: it may end with that of another rule, whose finding carries the fix.
      const mendable = resultsOf(text).filter(({ ruleId }) => !JUDGED_RULES.includes(ruleId));
      expect(mendable.filter(result => !result.fixes && !left.has(aboutOf(result))).map(aboutOf)).toEqual([]);
    }), { numRuns: 60 });
  });
});
