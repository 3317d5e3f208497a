import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Hardening, SecurityDefaults, rules } from '../../src';

/** What cdk8s-plus does not know, and its serializer would drop. */
const UNKNOWN = JsonPatch.add('/spec/template/spec/containers/0/securityContext/appArmorProfile', { type: 'RuntimeDefault' });
const PACK = rules.Pack.pssRestricted();

function chart(): Chart {
  const made = new Chart(Testing.app(), 'shop');
  SecurityDefaults.of(made).set({ today: '2026-06-01' });
  return made;
}

describe('what others wrote with these peers', () => {
  test.each<[string, (scope: Chart, props: any) => kplus.Workload]>([
    ['Deployment', (scope, props) => new kplus.Deployment(scope, 'x', props)],
    ['DaemonSet', (scope, props) => new kplus.DaemonSet(scope, 'x', props)],
    ['Job', (scope, props) => new kplus.Job(scope, 'x', props)],
  ])('a %s of cdk8s-plus is hardened, and no field is lost', (kind, make) => {
    const scope = chart();
    Hardening.of(scope).enforce({ pack: PACK });
    const workload = make(scope, { containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
    ApiObject.of(workload).addJsonPatch(UNKNOWN);
    const manifest = Testing.synth(scope).find(object => object.kind === kind);
    expect(manifest.spec.template.spec.containers[0].securityContext).toMatchObject({ appArmorProfile: { type: 'RuntimeDefault' }, capabilities: { drop: ['ALL'] } });
    expect(rules.Audit.of([manifest], { pack: PACK }).findings).toEqual([]);
  });

  test('what stops synthesis names the workload, not the object within', () => {
    const scope = chart();
    const pod = new kplus.Pod(scope, 'pod', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
    Hardening.of(scope).enforce({ pack: PACK });
    ApiObject.of(pod).addJsonPatch(JsonPatch.add('/spec/hostNetwork', true));
    expect(() => Testing.synth(scope)).toThrow(/\n {2}\[shop\/pod\] Pod .* · spec\.hostNetwork: .*\[pod-host-network\]/);
  });
});
