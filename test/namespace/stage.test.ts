import { ApiObject, Chart, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { AdoptionStage } from '../../src/namespace/adoption-stage';
import { PodSecurityLevel } from '../../src/namespace/pod-security-level';
import { SecureNamespace, SecureNamespaceProps } from '../../src/namespace/secure-namespace';
import { Peer } from '../../src/network/peer';
import { Audit } from '../../src/rules/manifest-audit';
import { HardenedDeployment } from '../../src/workload/hardened-deployment';
import { isOpen } from '../network/evaluator';
import { chart, failure, policies } from '../network/fake-workload';

const CONTAINERS = [{ image: 'registry.acme.example/web:1', portNumber: 8080, securityContext: { user: 10001, group: 10001 } }];
const STAGES = [AdoptionStage.OBSERVE, AdoptionStage.WARN, AdoptionStage.ENFORCE];

function namespace(c: Chart, props: SecureNamespaceProps): SecureNamespace {
  return new SecureNamespace(c, 'shop', props);
}

function labels(c: Chart): { [key: string]: string } {
  return Testing.synth(c).find(({ kind }) => kind === 'Namespace').metadata.labels;
}

describe('the stages of an adoption', () => {
  test.each(STAGES)('write all of it at %s', stage => {
    const c = chart();
    const web = new HardenedDeployment(namespace(c, { stage }), 'web', { metadata: { name: 'web' }, containers: CONTAINERS });
    web.acceptFrom(Peer.namespace('edge'));
    expect(Yaml.stringify(...Testing.synth(c).filter(({ kind }) => kind !== 'Deployment'))).toMatchSnapshot();
  });

  test('refuse what they say: nothing, what baseline refuses, what restricted refuses', () => {
    const refused = (stage: AdoptionStage, spec: object) => {
      const c = chart();
      namespace(c, { stage });
      new ApiObject(c, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop' }, spec: { containers: [{ name: 'a', image: 'x' }], ...spec } } as never);
      return failure(() => Testing.synth(c)).includes('[namespace-refuses-pod]');
    };
    expect(STAGES.map(stage => [{}, { hostPID: true }].map(spec => refused(stage, spec)))).toEqual([[false, false], [false, true], [true, true]]);
  });

  test('enforce no more than the level that is asked for in the end', () => {
    const enforced = (stage: AdoptionStage, level: PodSecurityLevel) => {
      const c = chart();
      const waivers = level === PodSecurityLevel.STRICTEST ? [] : [{ rule: 'namespace-pod-security', reason: 'a', owner: 'b' }];
      namespace(c, { stage, level, waivers });
      return labels(c)['pod-security.kubernetes.io/enforce'];
    };
    expect(STAGES.map(stage => enforced(stage, PodSecurityLevel.PRIVILEGED))).toEqual([undefined, 'privileged', 'privileged']);
    expect(STAGES.map(stage => enforced(stage, PodSecurityLevel.STRICTEST))).toEqual([undefined, 'baseline', 'restricted']);
  });

  test('keep a label that is enforced already while they enforce nothing', () => {
    const c = chart();
    namespace(c, { stage: AdoptionStage.OBSERVE, metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } });
    expect(labels(c)['pod-security.kubernetes.io/enforce']).toBe('baseline');
  });

  test('leave every connection open until the last, by policies that are all there', () => {
    const connected = (stage: AdoptionStage) => {
      const c = chart();
      const shop = namespace(c, { stage });
      const [web, db] = ['web', 'db'].map(id => new HardenedDeployment(shop, id, { metadata: { name: id }, containers: CONTAINERS }));
      web.connectTo(db);
      const world = { policies: Object.values(policies(c)), namespaces: { shop: {} } };
      const pod = ({ name, podMetadata }: HardenedDeployment) => ({ name, namespace: 'shop', labels: { 'cdk8s.io/metadata.addr': podMetadata.getLabel('cdk8s.io/metadata.addr')! } });
      return [isOpen(world, pod(web), pod(db), 'TCP', 8080), isOpen(world, pod(db), pod(web), 'TCP', 8080)];
    };
    expect(STAGES.map(connected)).toEqual([[true, true], [true, true], [true, false]]);
  });
});

test.each(STAGES)('an audit finds no error in the policies of the stage %s: that nothing is shut yet is waived by who said so', stage => {
  const c = chart();
  namespace(c, { stage });
  const { findings, errors } = Audit.of(Testing.synth(c));
  expect(errors.filter(({ subject }) => subject.startsWith('NetworkPolicy'))).toEqual([]);
  const waived = findings.flatMap(({ rule, field, waiver }) => waiver ? [`${rule} ${field}: ${waiver.reason} (${waiver.owner})`] : []);
  const why = `the adoption of the namespace is at the stage '${stage}', which shuts nothing yet (${c.node.path}/shop)`;
  expect(waived).toEqual(stage === AdoptionStage.ENFORCE ? [] : ['egress', 'ingress'].map(way => `network-deny-allows spec.${way}[0]: ${why}`));
});

describe('what the next stage would break', () => {
  /** A namespace with a plain pod, a waived one, one that uses the default account, and a hardened workload. */
  function findings(stage: AdoptionStage): string[] {
    const c = chart();
    const shop = namespace(c, { stage });
    const pod = (id: string, spec: object) => new ApiObject(c, id, {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: id, namespace: 'shop' }, spec: { serviceAccountName: 'x', containers: [{ name: 'a', image: 'x' }], ...spec },
    } as never);
    if (stage === AdoptionStage.OBSERVE) pod('agent', { hostPID: true });
    if (stage !== AdoptionStage.ENFORCE) pod('plain', { serviceAccountName: 'default' });
    if (stage !== AdoptionStage.ENFORCE) pod('quiet', { automountServiceAccountToken: false, serviceAccountName: undefined });
    const web = new HardenedDeployment(shop, 'web', { metadata: { name: 'web' }, containers: CONTAINERS });
    if (stage !== AdoptionStage.ENFORCE) new kplus.StatefulSet(shop, 'db', { metadata: { name: 'db' }, containers: [{ image: 'x', portNumber: 5432 }], service: new kplus.Service(shop, 'service', { ports: [{ port: 5432 }] }) });
    web.acceptFrom(Peer.namespace('edge'));
    return shop.findings.map(({ rule, where, field, what, advice }) => `${where} · ${field}: ${what} [${rule}]. ${advice}`).sort();
  }

  test.each(STAGES)('is listed at %s', stage => {
    expect(findings(stage).join('\n')).toMatchSnapshot();
  });
});
