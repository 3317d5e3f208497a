import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { DerivedFlows } from '../../src/network/derived-flows';
import { EgressWhitelist } from '../../src/network/egress-whitelist';
import { Peer } from '../../src/network/peer';
import { ClusterProfile } from '../../src/posture/cluster-profile';
import { ClusterProfileProps } from '../../src/posture/cluster-props';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { HardenedDeployment, HardenedDeploymentProps } from '../../src/workload/hardened-deployment';
import { failure, policies } from './fake-workload';

const CLUSTER: ClusterProfileProps = {
  title: 'test',
  serviceCidrs: ['10.96.0.0/12'],
  apiServer: { cidrs: ['192.0.2.4/32'], port: 6443 },
  ingressControllers: [
    { title: 'nginx', namespaceName: 'ingress', podLabels: { app: 'nginx' }, ingressClassNames: ['nginx'] },
    { title: 'the balancer', cidrs: ['198.51.100.0/24'], ingressClassNames: ['alb'] },
  ],
  scrapers: [{ title: 'Prometheus', namespaceName: 'monitoring', podLabels: { app: 'prometheus' } }],
  webhookCallers: [{ title: 'the API server', cidrs: ['192.0.2.4/32'] }],
};

interface World { readonly app: App; readonly chart: Chart; readonly web: HardenedDeployment; readonly service: kplus.Service }

interface WorldProps {
  readonly cluster?: ClusterProfileProps | null;
  readonly closed?: boolean;
  readonly flows?: DerivedFlows;
  readonly more?: Partial<HardenedDeploymentProps>;
}

/** A workload behind a Service, in a namespace that is closed unless it is said. */
function world(props: WorldProps = {}): World {
  const { cluster = CLUSTER, closed = true, flows, more } = props;
  const app = new App();
  if (cluster) SecurityDefaults.of(app).set({ cluster: ClusterProfile.of(cluster) });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  if (closed) new SecureNamespace(chart, 'shop');
  const web = new HardenedDeployment(chart, 'web', {
    metadata: { name: 'web' },
    securityContext: { user: 1000, group: 1000 },
    containers: [{
      image: 'registry.example/web:1',
      ports: [{ number: 8080, name: 'http' }, { number: 9090, name: 'admin' }],
      securityContext: { user: 1000, group: 1000 },
    }],
    derivedFlows: flows,
    ...more,
  });
  const service = new kplus.Service(chart, 'service', { metadata: { name: 'web' }, selector: web, ports: [{ port: 80, name: 'web', targetPort: 8080 }] });
  return { app, chart, web, service };
}

/** What the workload's one policy of a direction opens, as its annotation says; undefined without a policy. */
function why({ chart }: World, direction: 'egress' | 'ingress'): string[] | undefined {
  const policy = policies(chart)[`shop/deployment-web-${direction}`];
  return policy && (policy.metadata.annotations?.['cdk8s-hardened/why'] ?? '').split('\n');
}

const DNS = 'to the DNS of the cluster on TCP 53, UDP 53: names are looked up there';

describe('DNS', () => {
  test('is opened with any egress, unless that is switched off', () => {
    const open = (flows?: DerivedFlows) => {
      const made = world({ flows });
      made.web.connectTo(Peer.cidr('203.0.113.0/24'), { ports: [443] });
      return why(made, 'egress');
    };
    expect(open()).toEqual(['to 203.0.113.0/24 on TCP 443', DNS]);
    expect(open({ dns: false })).toEqual(['to 203.0.113.0/24 on TCP 443']);
    expect(why(world(), 'egress')).toBeUndefined();
  });

  test('is left out of a whitelist for other pods where that is said', () => {
    const egress = (dns?: boolean) => {
      const { chart } = world();
      new EgressWhitelist(chart, 'out', { workload: Peer.pods({ labels: { app: 'x' } }), targets: [Peer.anyone()], ports: [443], dns });
      return Object.values(policies(chart)).find(({ metadata }) => metadata.name.includes('out')).spec.egress.length;
    };
    expect([egress(), egress(false)]).toEqual([2, 1]);
  });
});

describe('the API server', () => {
  const granted = (made: World) => {
    const role = new kplus.Role(made.chart, 'role', { rules: [{ verbs: ['get'], resources: [kplus.ApiResource.CONFIG_MAPS] }] });
    role.bind(made.web);
    return made;
  };
  const RULES = [
    'to the API server at 10.96.0.1/32 on TCP 443: rights were granted to its service account',
    'to the API server at 192.0.2.4/32 on TCP 6443: rights were granted to its service account',
    DNS,
  ];

  test('is opened to a workload that was granted rights, at its Service and at its own address, and to no other', () => {
    const made = granted(world());
    expect(why(made, 'egress')).toEqual(RULES);
    expect(policies(made.chart)['shop/deployment-web-egress'].spec.egress.slice(0, 2)).toEqual([
      { to: [{ ipBlock: { cidr: '10.96.0.1/32' } }], ports: [{ protocol: 'TCP', port: 443 }] },
      { to: [{ ipBlock: { cidr: '192.0.2.4/32' } }], ports: [{ protocol: 'TCP', port: 6443 }] },
    ]);
    expect(why(world(), 'egress')).toBeUndefined();
  });

  test('is opened to a workload that grants itself rights, whoever synthesizes', () => {
    const made = world();
    made.web.allow(['get'], kplus.ApiResource.CONFIG_MAPS);
    expect(why(made, 'egress')).toEqual(RULES);
    const other = world();
    other.web.allow(['get'], kplus.ApiResource.CONFIG_MAPS);
    expect(other.app.synthYaml()).toContain('name: deployment-web-egress');
  });

  test('is not opened where that is switched off, no cluster is known, or egress is open anyway', () => {
    expect(why(granted(world({ flows: { apiServer: false } })), 'egress')).toBeUndefined();
    expect(why(granted(world({ cluster: null })), 'egress')).toBeUndefined();
    expect(why(granted(world({ closed: false })), 'egress')).toBeUndefined();
  });

  test('joins the flows that are declared, where these alone close the egress', () => {
    const made = granted(world({ closed: false }));
    made.web.connectTo(Peer.cidr('203.0.113.0/24'), { ports: [443] });
    expect(why(made, 'egress')).toEqual([...RULES.slice(0, 2), 'to 203.0.113.0/24 on TCP 443', DNS]);
  });

  test('whose address is unknown is an error with the ways out', () => {
    expect(failure(() => Testing.synth(granted(world({ cluster: { title: 'test' } })).chart))).toBe(
      'shop/web: the flow from Deployment shop/web to the API server cannot be written, since the profile of test does not say where to find the API server [api-server-unknown]. '
      + "Say it there: { apiServer: { cidrs: ['…'] } }, where `kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes` shows the addresses. "
      + 'Or name the peer yourself, Peer.cidr(…) or Peer.pods(…); or, where the flow was not asked for, switch it off: derivedFlows: { apiServer: false }.',
    );
  });
});

describe('the ingress controllers', () => {
  const exposed = (made: World, options: { className?: string; port?: any; annotation?: string } = {}) => {
    new ApiObject(made.chart, 'ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'front', ...(options.annotation && { annotations: { 'kubernetes.io/ingress.class': options.annotation } }) },
      spec: {
        ...(options.className && { ingressClassName: options.className }),
        rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: options.port ?? { number: 80 } } } }] } }],
      },
    });
    return made;
  };
  const NGINX = 'from nginx on TCP 8080: backend of Ingress shop/front';
  const BALANCER = 'from the balancer at 198.51.100.0/24 on TCP 8080: backend of Ingress shop/front';

  test.each<[string, Parameters<typeof exposed>[1], string[]]>([
    ['without a class', {}, [BALANCER, NGINX]],
    ['of a class', { className: 'nginx' }, [NGINX]],
    ['of a class that an annotation names', { annotation: 'alb' }, [BALANCER]],
    ["that names the Service's port", { port: { name: 'web' } }, [BALANCER, NGINX]],
  ])("reach the container's port behind the Service of an Ingress %s", (_, options, rules) => {
    expect(why(exposed(world(), options), 'ingress')).toEqual(rules);
  });

  test('reach the default backend, and what an Ingress of cdk8s-plus names', () => {
    const made = world();
    new kplus.Ingress(made.chart, 'ingress', { metadata: { name: 'front' }, defaultBackend: kplus.IngressBackend.fromService(made.service) });
    expect(why(made, 'ingress')).toEqual([BALANCER, NGINX]);
  });


  test('reach nobody without an Ingress, or where its Service leads elsewhere', () => {
    expect(why(world(), 'ingress')).toBeUndefined();
    expect(why(exposed(world(), { port: { number: 81 } }), 'ingress')).toBeUndefined();
    const elsewhere = exposed(world());
    ApiObject.of(elsewhere.service).addJsonPatch(JsonPatch.replace('/spec/selector', { app: 'other' }));
    expect(why(elsewhere, 'ingress')).toBeUndefined();
  });

  test('reach the port that the Service gives by its name', () => {
    const made = world();
    const [key, value] = Object.entries(made.web.matchLabels)[0];
    new ApiObject(made.chart, 'raw', {
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'raw' }, spec: { selector: { [key]: value }, ports: [{ port: 80, targetPort: 'admin' }] },
    });
    new ApiObject(made.chart, 'ingress', {
      apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'front' }, spec: { defaultBackend: { service: { name: 'raw', port: { number: 80 } } } },
    });
    expect(why(made, 'ingress')).toEqual([BALANCER, NGINX].map(rule => rule.replace('8080', '9090')));
  });

  test('are not let in where that is switched off, no cluster is known, or ingress is open anyway', () => {
    expect(why(exposed(world({ flows: { ingressController: false } })), 'ingress')).toBeUndefined();
    expect(why(exposed(world({ cluster: null })), 'ingress')).toBeUndefined();
    expect(why(exposed(world({ closed: false })), 'ingress')).toBeUndefined();
    expect(why(exposed(world({ cluster: { ...CLUSTER, ingressControllers: [] } })), 'ingress')).toBeUndefined();
  });

  test('that are unknown are an error, unless somebody may connect there', () => {
    const unknown = () => exposed(world({ cluster: { title: 'test' } }));
    expect(failure(() => policies(unknown().chart))).toContain(
      'shop/web: the flow from the ingress controllers to Deployment shop/web cannot be written, since the profile of test does not say where to find the ingress controllers [ingress-controller-unknown].',
    );
    const made = unknown();
    made.web.acceptFrom(Peer.pods({ namespace: 'ingress', labels: { app: 'mine' } }), { ports: [8080] });
    expect(why(made, 'ingress')).toEqual(['from pods app=mine in namespace ingress on TCP 8080']);
    const other = unknown();
    other.web.acceptFrom(Peer.anyone(), { ports: [9090] });
    expect(failure(() => policies(other.chart))).toContain('[ingress-controller-unknown]');
    expect(failure(() => policies(exposed(world(), { className: 'other' }).chart))).toContain("where to find the ingress controllers of class 'other' [ingress-controller-unknown]");
  });
});

describe('the scrapers of metrics', () => {
  const scraped = (ports: { number: number; name?: string }[], props: WorldProps = {}) => world({
    ...props, more: { containers: [{ image: 'registry.example/web:1', ports, securityContext: { user: 1000, group: 1000 } }], ...props.more },
  });
  const metrics = [{ number: 8080, name: 'http' }, { number: 9102, name: 'http-metrics' }];
  const RULE = 'from Prometheus on TCP 9102: metrics are scraped';

  test('reach a port that is named so', () => {
    expect(why(scraped(metrics), 'ingress')).toEqual([RULE]);
    expect(why(scraped([{ number: 9102, name: 'metrics' }]), 'ingress')).toEqual([RULE]);
    expect(why(scraped([{ number: 8080, name: 'http' }, { number: 80, name: 'metricsx' }]), 'ingress')).toBeUndefined();
  });

  test('reach the port that annotations of the pods name', () => {
    const annotated = (annotations: { [key: string]: string }) => scraped([{ number: 8080 }], { more: { podMetadata: { annotations } } });
    expect(why(annotated({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9102' }), 'ingress')).toEqual([RULE]);
    expect(why(annotated({ 'prometheus.io/scrape': 'false', 'prometheus.io/port': '9102' }), 'ingress')).toBeUndefined();
    expect(failure(() => policies(annotated({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': 'x' }).chart))).toContain("shop/web: the annotation 'prometheus.io/port: x' is no port [port-invalid].");
  });

  test('are not let in where that is switched off, no scrapers are known, or ingress is open anyway', () => {
    expect(why(scraped(metrics, { flows: { prometheus: false } }), 'ingress')).toBeUndefined();
    expect(why(scraped(metrics, { cluster: { title: 'test' } }), 'ingress')).toBeUndefined();
    expect(why(scraped(metrics, { cluster: null }), 'ingress')).toBeUndefined();
    expect(why(scraped(metrics, { closed: false }), 'ingress')).toBeUndefined();
  });
});

describe('the callers of webhooks', () => {
  const clientConfig = { service: { namespace: 'shop', name: 'web', port: 80 } };
  const KINDS: [string, object][] = [
    ['ValidatingWebhookConfiguration', { apiVersion: 'admissionregistration.k8s.io/v1', webhooks: [{ name: 'a.b.c', clientConfig }] }],
    ['MutatingWebhookConfiguration', { apiVersion: 'admissionregistration.k8s.io/v1', webhooks: [{ name: 'a.b.c', clientConfig: { url: 'https://x' } }, { name: 'd.e.f', clientConfig }] }],
    ['CustomResourceDefinition', { apiVersion: 'apiextensions.k8s.io/v1', spec: { conversion: { strategy: 'Webhook', webhook: { clientConfig } } } }],
    ['APIService', { apiVersion: 'apiregistration.k8s.io/v1', spec: clientConfig }],
  ];
  const called = (made: World, kind: string, manifest: object) => {
    new ApiObject(made.chart, 'hook', { kind, metadata: { name: 'hook', namespace: undefined }, ...manifest } as never);
    return made;
  };

  test.each(KINDS)('reach the container behind the Service that a %s names', (kind, manifest) => {
    const [rule, ...others] = why(called(world(), kind, manifest), 'ingress')!;
    expect(rule).toMatch(/^from the API server at 192\.0\.2\.4\/32 on TCP 8080: .*hook/);
    expect(others).toEqual([]);
    expect(why(called(world({ flows: { webhookCallers: false } }), kind, manifest), 'ingress')).toBeUndefined();
    expect(why(called(world({ cluster: null }), kind, manifest), 'ingress')).toBeUndefined();
    expect(failure(() => policies(called(world({ cluster: { title: 'test' } }), kind, manifest).chart))).toContain('[webhook-callers-unknown]');
  });

  test('use port 443 where none is said', () => {
    const hook = { apiVersion: 'admissionregistration.k8s.io/v1', webhooks: [{ name: 'a.b.c', clientConfig: { service: { namespace: 'shop', name: 'web' } } }] };
    expect(why(called(world(), 'ValidatingWebhookConfiguration', hook), 'ingress')).toBeUndefined();
    const made = called(world(), 'ValidatingWebhookConfiguration', hook);
    ApiObject.of(made.service).addJsonPatch(JsonPatch.replace('/spec/ports/0/port', 443));
    expect(why(made, 'ingress')).toHaveLength(1);
  });
});

describe('derived flows', () => {
  test('take what is made after the workload, and between two syntheses', () => {
    const made = world();
    expect(why(made, 'ingress')).toBeUndefined();
    new kplus.Ingress(made.chart, 'ingress', { defaultBackend: kplus.IngressBackend.fromService(made.service) });
    expect(why(made, 'ingress')).toHaveLength(2);
  });

  test('survive whatever stands where objects are expected', () => {
    const made = world();
    const broken = [null, 'x', [], [null], { rules: 'x' }, { rules: [{ http: 3 }, 7], defaultBackend: { service: null } }, { conversion: { webhook: [] } }, { service: 3 }];
    ['Ingress', 'APIService', 'CustomResourceDefinition', 'Service'].forEach(kind => broken.forEach((spec, i) => {
      new ApiObject(made.chart, `${kind}${i}`, { apiVersion: kind === 'Service' ? 'v1' : 'x.k8s.io/v1', kind, spec } as never);
    }));
    broken.forEach((webhooks, i) => new ApiObject(made.chart, `hook${i}`, { apiVersion: 'x/v1', kind: 'ValidatingWebhookConfiguration', webhooks } as never));
    expect(why(made, 'ingress')).toBeUndefined();
  });
});
