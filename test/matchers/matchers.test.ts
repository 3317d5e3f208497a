import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment, rules } from '../../src';
import { HardenedMatchers, matchers } from '../../src/matchers';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars
    interface Matchers<R, T = {}> extends HardenedMatchers<R> {}
  }
}

expect.extend(matchers);

const RULE = { rule: 'pod-host-path', reason: 'a test', owner: 'team' };

function chart(): Chart {
  return new Chart(Testing.app(), 'shop', { namespace: 'shop' });
}

function hardened(scope = chart()): Chart {
  new HardenedDeployment(scope, 'web', { metadata: { name: 'web' }, containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
  return scope;
}

function pod(scope = chart(), spec: object = {}): Chart {
  new ApiObject(scope, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: { hostPID: true, containers: [{ name: 'main', image: 'nginx:1.28' }], ...spec } });
  return scope;
}

const refusal = (run: () => void): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('toBeRestricted', () => {
  test('passes what Pod Security restricted admits: a chart, an app, a construct, manifests', () => {
    const good = hardened();
    expect(good).toBeRestricted();
    expect(good.node.root).toBeRestricted();
    expect(good.node.findChild('web')).toBeRestricted();
    expect(Testing.synth(good)).toBeRestricted();
    expect(Testing.synth(good)[1]).toBeRestricted();
  });

  test('refuses the rest, and lists why', () => {
    const message = refusal(() => expect(pod()).toBeRestricted());
    expect(message).toMatch(/^Expected that every pod passes Pod Security restricted, but:\n {2}Pod shop\/pod · spec\.containers\[0\]/);
    expect(message).toMatch(/\n {2}Pod shop\/pod · spec\.hostPID: .*\[pod-host-pid\]\. \S/);
    expect(pod()).not.toBeRestricted();
  });

  test('counts what a waiver allows, too: the API server does not read waivers', () => {
    const made = chart();
    new HardenedDeployment(made, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80 }], waivers: [RULE] })
      .addVolume(kplus.Volume.fromHostPath(made, 'logs', 'logs', { path: '/var/log' }));
    expect(made).not.toBeRestricted();
  });

  test('says what it wants where it was handed something else', () => {
    expect(() => expect('a text').toBeRestricted()).toThrow(/^expect\(…\): it is neither an app.*\[manifest-invalid\]/);
  });
});

describe('toHaveNoFindings', () => {
  test('asks the pack that is named, or that was put together', () => {
    const manifests = Testing.synth(pod());
    expect(manifests).toHaveNoFindings({ pack: rules.Pack.of(['pod-host-path']) });
    expect(manifests).not.toHaveNoFindings({ pack: 'pss-baseline' });
    expect(refusal(() => expect(manifests).toHaveNoFindings())).toContain('Expected that the manifests have no findings under the pack hardened, but:');
    expect(() => expect(manifests).toHaveNoFindings({ pack: 'pss-base' })).toThrow('pack-unknown');
  });

  test('counts warnings unless it is told otherwise', () => {
    const pack = rules.Pack.of(['pod-host-pid']).severity('pod-host-pid', rules.Severity.WARNING);
    expect(refusal(() => expect(pod()).toHaveNoFindings({ pack }))).toContain('[pod-host-pid, a warning]');
    expect(pod()).toHaveNoFindings({ pack, failOn: 'error' });
  });

  test('shows 50 of what there is', () => {
    const many = Array.from({ length: 60 }, (_, i) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${i}` }, spec: { hostPID: true, containers: [] } }));
    const lines = refusal(() => expect(many).toHaveNoFindings({ pack: rules.Pack.of(['pod-host-pid']), failOn: 'warning' })).split('\n');
    expect(lines.filter(line => line.includes('hostPID')).length + lines.filter(line => line.includes('schema-')).length).toBeLessThanOrEqual(50);
    expect(lines.at(-1)).toMatch(/^ {2}… and \d+ more$/);
  });

  test('is passed by nothing at all only where nothing was to be found: the message of `not` says so', () => {
    expect(refusal(() => expect([]).not.toHaveNoFindings())).toBe('Expected that not: the manifests have no findings under the pack hardened');
  });
});
