import { Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { EgressWhitelist } from '../../src/network/egress-whitelist';
import { IngressWhitelist } from '../../src/network/ingress-whitelist';
import { Peer } from '../../src/network/peer';
import { chart, failure, FakeWorkload, policies, rules, restricted } from './fake-workload';

const STRAY = { labels: { app: 'stray' } };

describe('a whitelist', () => {
  test("becomes part of a hardened workload's one policy, and opens its side only", () => {
    const c = chart('shop');
    const [web, db] = ['web', 'db'].map(id => new FakeWorkload(c, id, { ports: [{ port: 80, protocol: 'TCP' }] }));
    web.connectTo(Peer.cidr('203.0.113.0/24'), { ports: [25] });
    new EgressWhitelist(c, 'Out', { workload: web, targets: [db, Peer.anyone()], ports: [443], why: 'updates' });
    new IngressWhitelist(c, 'In', { workload: web, sources: [Peer.namespace('a'), Peer.namespace('b')] });
    expect(Object.keys(policies(c))).toEqual(['shop/deployment-web-egress', 'shop/deployment-web-ingress']);
    expect(rules(c, 'shop/deployment-web-egress')).toHaveLength(4);
    expect(policies(c)['shop/deployment-web-ingress'].metadata.annotations['cdk8s-hardened/why'])
      .toBe('from every pod in namespace a on TCP 80\nfrom every pod in namespace b on TCP 80');
  });

  test('writes a policy of its own for other pods, with DNS where it shuts their egress', () => {
    const c = chart();
    const shop = new SecureNamespace(c, 'shop');
    const plain = restricted(new kplus.Deployment(c, 'plain', { metadata: { namespace: 'shop' }, containers: [{ image: 'x', portNumber: 8080 }] }));
    const made = [
      new EgressWhitelist(shop, 'Stray', { workload: Peer.pods(STRAY), targets: [Peer.anyone()], ports: [443] }),
      new IngressWhitelist(c, 'Traefik', { workload: Peer.pods({ namespace: 'kube-system', labels: { app: 'traefik' } }), sources: [Peer.anyone()], allPorts: true }),
      new IngressWhitelist(c, 'Scraping', { workload: Peer.namespace('shop'), sources: [Peer.pods({ namespace: 'shop', labels: { app: 'prometheus' } })], ports: [9090] }),
      new EgressWhitelist(c, 'Plain', { workload: Peer.workload(plain), targets: [Peer.dns()] }),
      new IngressWhitelist(c, 'PlainIn', { workload: Peer.workload(plain), sources: [Peer.pods(STRAY)] }),
    ];
    const written = made.map(whitelist => Object.values(policies(c)).find(policy => policy.metadata.name.includes(whitelist.node.id.toLowerCase())));
    expect(Yaml.stringify(...written)).toMatchSnapshot();
  });

  test('may shut the egress of pods in the namespace of its chart', () => {
    const c = chart('shop');
    new EgressWhitelist(c, 'Out', { workload: Peer.pods(STRAY), targets: [Peer.dns()] });
    new EgressWhitelist(c, 'All', { workload: Peer.namespace('shop'), targets: [Peer.dns()] });
    expect(Object.values(policies(c)).map(policy => policy.metadata.namespace)).toEqual(['shop', 'shop']);
  });

  test('may be written before its namespace', () => {
    const c = chart();
    new EgressWhitelist(c, 'Out', { workload: Peer.pods({ ...STRAY, namespace: 'late' }), targets: [Peer.dns()] });
    expect(failure(() => policies(c))).toContain('[egress-not-ours]');
    new SecureNamespace(c, 'late');
    expect(Object.keys(policies(c))).toHaveLength(3);
  });
});

describe('a whitelist is refused', () => {
  test('without peers', () => {
    const c = chart();
    const web = new FakeWorkload(c, 'web');
    const advice = 'Name one at least. What is to reach nothing and be reached by nothing is isolated, or lies in a SecureNamespace.';
    expect(failure(() => new EgressWhitelist(c, 'Out', { workload: web, targets: [] }))).toBe(`shop/Out: it names no targets [whitelist-empty]. ${advice}`);
    expect(failure(() => new IngressWhitelist(c, 'In', { workload: web, sources: [] }))).toBe(`shop/In: it names no sources [whitelist-empty]. ${advice}`);
  });

  test.each([
    ['anyone', Peer.anyone()], ['10.0.0.0/8', Peer.cidr('10.0.0.0/8')], ['the DNS of the cluster', Peer.dns()],
  ])('for %s, which is no pods', (text, workload) => {
    expect(failure(() => new IngressWhitelist(chart(), 'In', { workload, sources: [Peer.anyone()], ports: [1] }))).toBe(
      `shop/In: a policy can be written for pods, but not for ${text} [whitelist-without-pods]. Name a hardened workload, Peer.workload(…), Peer.pods({ labels: {…} }) or Peer.namespace(…) as the workload.`,
    );
  });

  test.each([
    ['pods app=stray in namespace kube-system', Peer.pods({ ...STRAY, namespace: 'kube-system' })],
    ['every pod in namespace kube-system', Peer.namespace('kube-system')],
  ])('where it would shut the egress of %s, a namespace that is not ours', (text, workload) => {
    const c = chart('shop');
    new EgressWhitelist(c, 'Out', { workload, targets: [Peer.dns()] });
    expect(failure(() => Testing.synth(c))).toBe(
      `shop/Out: it would shut the egress of ${text}, but the namespace 'kube-system' is not made by this app [egress-not-ours]. Whoever owns the namespace knows what its pods must reach: write the policy there, make the namespace with SecureNamespace, or open only the other side, with an IngressWhitelist.`,
    );
  });

  test('where it would shut the egress of pods in a namespace that was said to exist, even that of its chart', () => {
    const c = chart('kube-system');
    const existing = SecureNamespace.existing(c, 'System', 'kube-system');
    new EgressWhitelist(existing, 'Out', { workload: Peer.pods(STRAY), targets: [Peer.dns()] });
    expect(failure(() => Testing.synth(c))).toBe(
      "shop/System/Out: it would shut the egress of pods app=stray, but the namespace 'kube-system' is not made by this app [egress-not-ours]. Whoever owns the namespace knows what its pods must reach: write the policy there, make the namespace with SecureNamespace, or open only the other side, with an IngressWhitelist.",
    );
  });

  test('where it would shut every pod of a namespace that is not ours', () => {
    const c = chart();
    new IngressWhitelist(c, 'In', { workload: Peer.namespace('kube-system'), sources: [Peer.namespace('shop')], ports: [1] });
    expect(failure(() => Testing.synth(c))).toBe(
      "shop/In: it would shut every pod of the namespace 'kube-system' but for its sources, and the namespace is not made by this app [namespace-not-ours]. Name the pods: Peer.pods({ namespace: 'kube-system', labels: {…} }), or make the namespace with SecureNamespace.",
    );
  });

  test('where it would shut ports of pods that are not ours', () => {
    const shut = (options: { ports?: number[]; allPorts?: boolean }) => {
      const c = chart('shop');
      const dns = Peer.pods({ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } });
      new IngressWhitelist(c, 'In', { workload: dns, sources: [Peer.anyone()], ...options });
      return failure(() => Testing.synth(c));
    };
    expect(shut({ ports: [53] })).toBe(
      "shop/In: it would shut every other port of pods k8s-app=kube-dns in namespace kube-system, and the namespace 'kube-system' is not made by this app [ports-not-ours]. Keep all of their ports: { allPorts: true } instead of ports, or SecureNamespace.existing(…, 'kube-system').openToAnyone(…); or make the namespace with SecureNamespace.",
    );
    expect(shut({ allPorts: true })).toBe('nothing failed');
  });

  test('without ports, also where it is about other pods', () => {
    expect(failure(() => new IngressWhitelist(chart(), 'In', { workload: Peer.pods(STRAY), sources: [Peer.anyone()] }))).toBe(
      'shop/In: the flow from anyone to pods app=stray says no ports [peer-without-ports]. What listens there is not known here. Say { ports: [443] }, or { portRanges: [{ port: 8000, endPort: 8010 }] }; every port of a protocol is the range from 1 to 65535.',
    );
  });
});
