import { ApiObject, App, Chart, IResolver, JsonPatch, ResolutionContext } from 'cdk8s';
import { HardenedDeployment, Peer } from '../../src';

/** Takes part in nothing, or in what it is made for. */
class Resolver implements IResolver {
  public constructor(private readonly answer: (context: ResolutionContext) => void = () => {}) {}

  public resolve(context: ResolutionContext): void {
    this.answer(context);
  }
}

function policies(resolvers: IResolver[] = []): { chart: Chart; objects: ApiObject[] } {
  const chart = new Chart(new App({ resolvers }), 'shop', { namespace: 'shop', labels: { team: 'shop' } });
  const [web, db] = ['web', 'db'].map(id => new HardenedDeployment(chart, id, { containers: [{ image: 'nginx:1.28', portNumber: 8080 }] }));
  web.connectTo(db, { why: 'orders' });
  db.acceptFrom(Peer.cidr('203.0.113.0/24', { exceptCidrs: ['203.0.113.8/32'] }));
  return { chart, objects: chart.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && construct.kind === 'NetworkPolicy') };
}

describe('a policy, which is plain data,', () => {
  test('is what cdk8s makes of it, in the same order of keys', () => {
    const ours = policies().objects.map(object => JSON.stringify(object.toJson()));
    const theirs = policies([new Resolver()]).objects.map(object => JSON.stringify(object.toJson()));
    expect(ours).toHaveLength(2);
    expect(ours).toEqual(theirs);
  });

  test('is shown to the resolvers of the app, whose word counts', () => {
    const { objects } = policies([new Resolver(context => { if (context.value === 8080) context.replaceValue(9090); })]);
    for (const object of objects) expect(JSON.stringify(object.toJson())).toMatch(/"port":9090/);
  });

  test('takes JSON patches, and metadata that come late', () => {
    const { objects: [policy] } = policies();
    policy.addJsonPatch(JsonPatch.add('/spec/policyTypes', []), JsonPatch.add('/metadata/labels/stage', 'test'));
    policy.metadata.addAnnotation('note', 'late');
    const { metadata, spec } = policy.toJson();
    expect(metadata).toMatchObject({ labels: { team: 'shop', stage: 'test' }, annotations: { note: 'late' } });
    expect(spec.policyTypes).toEqual([]);
  });

  test('may be changed by whoever asks for it', () => {
    const { objects: [policy] } = policies();
    const before = JSON.stringify(policy.toJson());
    const manifest = policy.toJson();
    manifest.spec.podSelector.matchLabels.other = 'x';
    manifest.metadata.labels.other = 'x';
    expect(JSON.stringify(policy.toJson())).toBe(before);
  });
});
