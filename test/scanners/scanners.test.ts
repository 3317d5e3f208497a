import { readFileSync } from 'node:fs';
import { Yaml } from 'cdk8s';
import { checkov } from './checkov';
import { CONFLICTS } from './conflicts';
import { INPUTS, Input, writtenText } from './inputs';
import { kubeScore } from './kube-score';
import { SCHEMA_VERSIONS, kubeconform } from './kubeconform';
import { monokle } from './monokle';
import { podSecurity } from './pod-security';
import { Scanner, counted } from './scanner';

const SCANNERS: readonly Scanner[] = [checkov, kubeScore, ...SCHEMA_VERSIONS.map(kubeconform), monokle, podSecurity];
const NAMES = Object.keys(INPUTS) as Input[];

/** The conflicts that the table has for an input. */
function expected(scanner: string, input: Input): { [check: string]: number } {
  const own = CONFLICTS.filter(conflict => conflict.scanner === scanner && conflict.counts[input] !== undefined);
  return Object.fromEntries(own.map(({ check, counts }) => [check, counts[input]!]).sort(([a], [b]) => a < b ? -1 : 1));
}

describe.each(SCANNERS.map(scanner => [scanner.name, scanner] as const))('%s', (name, scanner) => {
  const reason = scanner.missing();
  if (reason) console.log(`${name}: skipped, ${reason}`);
  const it = reason ? test.skip : test;

  it.each(NAMES)('has nothing against %s but what the table explains', async input => {
    const file = INPUTS[input]();
    const found = counted(await scanner.findings(file));
    process.stdout.write(`${name}: ${Yaml.load(file).length} objects of ${input}, ${Object.values(found).reduce((sum, count) => sum + count, 0)} findings that are explained\n`);
    expect(found).toEqual(expected(name, input));
  });
});

describe('a scanner that has something new to say turns the suite red', () => {
  /** The first example, of which somebody has changed the text. */
  const changed = (from: RegExp, to: string): string => {
    const text = readFileSync(INPUTS.production(), 'utf8');
    expect(text).toMatch(from);
    return writtenText('changed', text.replace(from, to));
  };

  const faults: [Scanner, RegExp, string][] = [
    [checkov, /allowPrivilegeEscalation: false/, 'allowPrivilegeEscalation: true'],
    [kubeScore, /readOnlyRootFilesystem: true/, 'readOnlyRootFilesystem: false'],
    [kubeconform('1.35'), /automountServiceAccountToken: false/, 'automountServiceAccountTokn: false'],
    [monokle, /readOnlyRootFilesystem: true/, 'readOnlyRootFilesystem: false'],
    [podSecurity, /type: RuntimeDefault/, 'type: Unconfined'],
  ];
  test.each(faults.map(([scanner, from, to]) => [scanner.name, to, scanner, from] as const))('%s, of %s', async (_, to, scanner, from) => {
    if (scanner.missing()) return;
    expect(counted(await scanner.findings(changed(from, to)))).not.toEqual(expected(scanner.name, 'production'));
  });
});

test('every conflict has a reason, and is one that a scanner still has', () => {
  const names = SCANNERS.map(({ name }) => name);
  for (const { scanner, check, counts, why } of CONFLICTS) {
    expect(names).toContain(scanner);
    expect([check, Object.keys(counts).length > 0, why.length > 30]).toEqual([check, true, true]);
  }
});
