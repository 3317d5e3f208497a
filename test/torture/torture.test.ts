import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../src';
import { torture } from './torture';
import { usageIn } from './usage';

/** What no app of this kind can say, and why. */
const LEFT_OUT: readonly (readonly [member: RegExp, why: string])[] = [
  [/^(ClusterProfile\.(?!of$)|NetworkPlugin\.)/, 'an app is for one cluster, and this one is for one of which all is known'],
  [/\.(toPeer|toSubjectConfiguration|markHasAutoscaler|asApiResource|asNonApiResource)$/, 'asked by other constructs, not by people'],
];

test('the app says everything that can be said of workloads, namespaces, flows, rights and posture', () => {
  const files = readdirSync(__dirname).filter(file => file.endsWith('.ts') && !/test|usage/.test(file)).map(file => join(__dirname, file));
  const { used, there } = usageIn(files);
  expect(there.size).toBeGreaterThan(300);
  const unused = [...there].filter(member => !used.has(member));
  expect(unused.filter(member => !LEFT_OUT.some(([left]) => left.test(member))).sort()).toEqual([]);
  // What is left out is there.
  expect(LEFT_OUT.filter(([left]) => !unused.some(member => left.test(member)))).toEqual([]);
}, 120_000);

/** Errors that nobody waives one by one, since the namespace has been told to be so. */
const TOLD: readonly string[] = [
  // STRICTEST is as strict as its waived pods allow.
  'namespace-privileged Namespace torture-waived metadata.labels[pod-security.kubernetes.io/enforce]',
];

test('our own rules find no error in it but of what was waived or told', () => {
  const { errors } = rules.Audit.of(torture(), { today: '2026-01-01' });
  expect(errors.map(({ rule, subject, field }) => `${rule} ${subject} ${field}`).sort()).toEqual([...TOLD].sort());
});
