import { PlacedFinding } from '../../src/report/answer';
import { sarif } from '../../src/report/sarif';
import { WAIVER, answer, finding } from './answers';
import { faultsBy } from './schemas';

const OPTIONS = { version: '1.2.3', root: '/home/me/shop' };

function log(findings: readonly PlacedFinding[], problems: { file: string; line: number; message: string }[] = []) {
  const document = JSON.parse([...sarif(answer(findings, problems), OPTIONS)].join(''));
  expect(faultsBy('sarif', document)).toEqual([]);
  return document.runs[0];
}
const uriOf = (file: string): string => log([finding({ file })]).results[0].locations[0].physicalLocation.artifactLocation.uri;

describe('the SARIF', () => {
  test("is valid by the standard's schema, with rule, place, fingerprint and message", () => {
    const { tool, results, columnKind } = log([finding({ construct: 'app/chart/web' })]);
    expect(columnKind).toBe('utf16CodeUnits');
    expect(tool.driver).toMatchObject({ name: 'cdk8s-hardened', version: '1.2.3' });
    expect(tool.driver.rules[results[0].ruleIndex]).toEqual({
      id: 'pod-privileged',
      name: 'PodPrivileged',
      shortDescription: { text: 'No privileged containers.' },
      help: { text: 'Remove privileged, or grant the one capability that is needed.' },
      defaultConfiguration: { level: 'error' },
      properties: {
        tags: ['security', 'pss/baseline', 'cis/1.8:5.2.2', 'cis/1.9:5.2.2', 'cis/1.10:5.2.2', 'cis/1.11:5.2.2', 'cis/1.12:5.2.2', 'nsa/Pod security enforcement', 'checkov/CKV_K8S_16', 'checkov/CKV_K8S_2',
          'kube-linter/privileged-container', 'kube-score/container-security-context-privileged', 'kubescape/C-0057', 'kubescape/C-0193', 'kubescape/C-0213',
          'polaris/runAsPrivileged', 'trivy/KSV-0017', 'kyverno/pod-security/baseline/disallow-privileged-containers'],
      },
    });
    expect(results).toEqual([{
      ruleId: 'pod-privileged',
      ruleIndex: expect.any(Number),
      level: 'error',
      message: { text: "Deployment shop/web · spec.template.spec.containers[0].securityContext.privileged: container 'web' is privileged. Remove privileged." },
      locations: [{
        physicalLocation: { artifactLocation: { uri: 'web.yaml' }, region: { startLine: 12, startColumn: 9, endLine: 12, endColumn: 25 } },
        logicalLocations: [
          { name: 'web', fullyQualifiedName: 'Deployment shop/web', kind: 'resource' },
          { fullyQualifiedName: 'app/chart/web', kind: 'construct' },
        ],
      }],
      partialFingerprints: { 'cdk8sHardened/v1': '0123456789abcdef' },
      suppressions: [],
    }]);
  });

  test('shows a waiver in force as a suppression from outside; an expired one suppresses nothing', () => {
    const { results } = log([finding({ waiver: WAIVER }), finding({ line: 13, waiver: { ...WAIVER, expired: true } })]);
    expect(results.map(({ suppressions }: { suppressions: object[] }) => suppressions)).toEqual([
      [{ kind: 'external', status: 'accepted', justification: 'loads a module (team-a, until 2027-01-31, SEC-1)' }], [],
    ]);
  });

  test('says what could not be read, and that the run was not whole', () => {
    const [invocation] = log([], [{ file: 'a b.yaml', line: 3, message: 'it is not YAML.' }, { file: '-', line: 0, message: 'it is empty.' }]).invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications).toEqual([
      { level: 'error', message: { text: 'it is empty.' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'stdin' } } }] },
      { level: 'error', message: { text: 'it is not YAML.' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b.yaml' }, region: { startLine: 3 } } }] },
    ]);
    expect(log([]).invocations).toEqual([{ executionSuccessful: true }]);
  });

  test.each([
    ['charts/web.yaml', 'charts/web.yaml'],
    ['./charts//web.yaml', 'charts/web.yaml'],
    ['/home/me/shop/charts/web.yaml', 'charts/web.yaml'],
    ['../other/web.yaml', '../other/web.yaml'],
    ['/tmp/a b.yaml', 'file:///tmp/a%20b.yaml'],
    ['a#b?c%20 d\u00e4:e.yaml', 'a%23b%3Fc%2520%20d%C3%A4%3Ae.yaml'],
    ['\ud800.yaml', '%EF%BF%BD.yaml'],
    ['a\\b.yaml', 'a%5Cb.yaml'],
    ['-', 'stdin'],
  ])('names %j as a URI', (file, uri) => {
    expect(uriOf(file)).toBe(uri);
  });

  test('has the same bytes on every run', () => {
    const of = () => [...sarif(answer([finding(), finding({ line: 3 })]), OPTIONS)].join('');
    expect(of()).toBe(of());
  });
});
