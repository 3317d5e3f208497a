import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LintId } from '../../../src/reach/lints/lint';
import { LINTS, lintsOf } from '../../../src/reach/lints/lints';
import { ROOT } from '../../house/files';
import { reachOf, reachOfFile } from '../clusters';

const labels = (app: string) => ({ matchLabels: { app } });
const named = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const pod = (app: string, rest: object = {}, namespace = 'shop') => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: app, namespace, labels: { app } },
  spec: { containers: [{ name: 'c', image: 'i', ports: [{ name: 'http', containerPort: 8080 }] }], ...rest },
});
const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: 'a' } } });
const policy = (name: string, spec: object, where = 'shop') => (
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: where }, spec }
);
const ingress = (app: string, ...rules: object[]) => policy(app, { podSelector: labels(app), policyTypes: ['Ingress'], ingress: rules });
const egress = (app: string, ...rules: object[]) => policy(app, { podSelector: labels(app), policyTypes: ['Egress'], egress: rules });
const portsOf = (ports: readonly (number | string)[]) => ports.length ? { ports: ports.map(port => ({ port })) } : {};
const from = (app: string, ...ports: (number | string)[]) => ({ from: [{ podSelector: labels(app) }], ...portsOf(ports) });
const to = (app: string, ...ports: (number | string)[]) => ({ to: [{ podSelector: labels(app) }], ...portsOf(ports) });
const DNS = {
  to: [{ namespaceSelector: named('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }], ports: [{ protocol: 'UDP', port: 53 }],
};
const APPS = [pod('web'), pod('api'), pod('db')];

interface Cases {
  /** Nothing is found. */
  readonly valid: { readonly [title: string]: readonly object[] };
  /** `policy field: words` */
  readonly invalid: { readonly [title: string]: readonly [manifests: readonly object[], ...found: string[]] };
}

const CASES: Readonly<Record<LintId, Cases>> = {
  'network-policy-selects-nothing': {
    valid: {
      'a pod that is there': [...APPS, ingress('web')],
      'a namespace that is not in the input': [ingress('web')],
      'every pod of a namespace that waits for them': [namespace('shop'), policy('all', { podSelector: {} })],
      'a policy that could not be read whole': [...APPS, policy('odd', { podSelector: labels('wep'), ingress: 'all' })],
    },
    invalid: {
      'a slip': [[...APPS, ingress('wep')], "wep spec.podSelector: the selector app=wep selects no pod in namespace shop. Did you mean 'app=web'?"],
      'another namespace': [[...APPS, namespace('empty'), policy('p', { podSelector: labels('web') }, 'empty')], 'p spec.podSelector: the selector app=web selects no pod in namespace empty. Write labels of its pods, or remove the policy.'],
      'only pods of the node': [[pod('agent', { hostNetwork: true }), ingress('agent')], 'agent spec.podSelector: the selector app=agent selects only pods in the network of their nodes, for which no policy counts. Take hostNetwork from the pods, or remove the policy.'],
    },
  },
  'network-rule-no-effect': {
    valid: {
      'peers that are there': [...APPS, ingress('db', from('web'))],
      'a namespace that is not in the input': [...APPS, ingress('db', { from: [{ namespaceSelector: named('monitoring'), podSelector: labels('prometheus') }] })],
      'namespaces by a label that others may have': [...APPS, namespace('shop'), ingress('db', { from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] })],
      'addresses': [...APPS, ingress('db', { from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] })],
      'a named port that is there': [...APPS, ingress('db', { ports: [{ port: 'http' }] }), egress('web', to('api', 'http'))],
      'a named port of pods that nobody knows': [...APPS, egress('web', { to: [{ namespaceSelector: {} }], ports: [{ port: 'metrics' }] })],
    },
    invalid: {
      'nobody': [[...APPS, ingress('db', from('wep'), from('web'))], 'db spec.ingress[0]: the rule lets nothing through: there is no pod with app=wep in namespace shop. Write labels of the pods that are meant, or remove it.'],
      'one peer that is nobody': [[...APPS, ingress('db', { from: [{ podSelector: labels('web') }, { podSelector: labels('wep') }] })], 'db spec.ingress[0].from[1]: the peer adds nothing: there is no pod with app=wep in namespace shop. Write labels of the pods that are meant, or remove it.'],
      'nobody in a namespace that is there': [[...APPS, pod('grafana', {}, 'monitoring'), ingress('db', { from: [{ namespaceSelector: named('monitoring'), podSelector: labels('prometheus') }] })], 'db spec.ingress[0]: the rule lets nothing through: there is no pod with app=prometheus in any namespace with kubernetes.io/metadata.name=monitoring. Write labels of the pods that are meant, or remove it.'],
      'a direction that is not listed': [[...APPS, policy('db', { podSelector: labels('db'), policyTypes: ['Ingress'], egress: [to('web')] })], 'db spec.egress: the egress rules do nothing, since policyTypes does not name Egress. Add Egress to spec.policyTypes, or remove the rules.'],
      'a named port that the pods do not have': [[...APPS, ingress('db', from('web', 'metrics'))], 'db spec.ingress[0].ports: the rule lets nothing through: no container that it is about has a port named metrics. Write the number, or give the port of the container that name.'],
      'a named port that the targets do not have': [[...APPS, egress('web', to('db', 'metrics'))], 'web spec.egress[0].ports: the rule lets nothing through: no container that it is about has a port named metrics. Write the number, or give the port of the container that name.'],
      'no address that is left': [[...APPS, ingress('db', { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/9', '10.128.0.0/9'] } }] })], 'db spec.ingress[0]: the rule lets nothing through: its exceptions leave no address. Write labels of the pods that are meant, or remove it.'],
    },
  },
  'network-rule-shadowed': {
    valid: {
      'other peers': [...APPS, ingress('db', from('web'), from('api'))],
      'other ports': [...APPS, ingress('db', from('web', 1), from('web', 2))],
      'a rule that is wider': [...APPS, policy('all', { podSelector: {}, ingress: [from('web')] }), ingress('db', { from: [{ podSelector: {} }] })],
      'a block with an exception less': [...APPS, ingress('db', { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }, { from: [{ ipBlock: { cidr: '10.0.0.0/9' } }] })],
      'a name that stands for any number': [...APPS, ingress('db', from('web', 8080), from('web', 'http'))],
      'the way to the DNS': [...APPS, egress('web', DNS), policy('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [DNS] })],
      'another policy for other pods': [...APPS, ingress('db', from('web')), ingress('api', from('web'))],
    },
    invalid: {
      'the same twice': [[...APPS, ingress('db', from('web', 1), from('web', 1))], 'db spec.ingress[1]: spec.ingress[0] of the same policy already lets through all that the rule lets through. Remove it, or narrow the other one.'],
      'a rule of a policy for more pods': [[...APPS, ingress('db', from('web', 1)), policy('all', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] })], 'db spec.ingress[0]: spec.ingress[0] of NetworkPolicy shop/all already lets through all that the rule lets through. Remove it, or narrow the other one.'],
      'anybody on a range': [[...APPS, ingress('db', { ports: [{ port: 1, endPort: 9 }] }, from('web', 1, 9))], 'db spec.ingress[1]: spec.ingress[0] of the same policy already lets through all that the rule lets through. Remove it, or narrow the other one.'],
      'a block in a block': [[...APPS, ingress('db', { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }, { from: [{ ipBlock: { cidr: '10.2.0.0/16' } }] })], 'db spec.ingress[1]: spec.ingress[0] of the same policy already lets through all that the rule lets through. Remove it, or narrow the other one.'],
      'its own namespace by a selector of namespaces': [[...APPS, namespace('shop'), ingress('db', { from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }, from('web'))], 'db spec.ingress[1]: spec.ingress[0] of the same policy already lets through all that the rule lets through. Remove it, or narrow the other one.'],
    },
  },
  'network-policy-unused': {
    valid: {
      'the only one that isolates': [...APPS, ingress('db'), policy('all', { podSelector: {}, policyTypes: ['Egress'] })],
      'one that says more': [...APPS, policy('all', { podSelector: {} }), ingress('db', from('web'))],
      'one of which only a part of the pods is isolated besides': [...APPS, policy('all', { podSelector: {} }), ingress('db')].slice(0, 4),
    },
    invalid: {
      'a copy': [[...APPS, ingress('db'), { ...ingress('db'), metadata: { name: 'db2', namespace: 'shop' } }], 'db2 spec: nothing would change without it: NetworkPolicy shop/db isolates its pods, too. Remove it, or narrow the others.'],
      'one of which others say all': [[...APPS, policy('all', { podSelector: {}, ingress: [{}] }), ingress('db', from('web'))], 'db spec: nothing would change without it: NetworkPolicy shop/all isolates its pods, too, and other policies say all that its rules say. Remove it, or narrow the others.'],
    },
  },
  'network-dns-blocked': {
    valid: {
      'no egress policy': [...APPS, ingress('db')],
      'the DNS is named': [...APPS, egress('web', to('db'), DNS)],
      'another policy lets it out': [...APPS, egress('web', to('db')), policy('dns', { podSelector: {}, policyTypes: ['Egress'], egress: [DNS] })],
      'any namespace on port 53': [...APPS, egress('web', { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP', port: 53 }] })],
      'the address of a DNS server': [...APPS, egress('web', { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [{ protocol: 'UDP', port: 53 }] })],
      'DNS servers of its own': [pod('web', { dnsPolicy: 'None', dnsConfig: { nameservers: ['127.0.0.1'] } }), egress('web')],
      'the DNS itself': [pod('dns', {}, 'kube-system'), policy('all', { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] }, 'kube-system')],
    },
    invalid: {
      'only a database': [[...APPS, egress('web', to('db'))], 'web spec.egress: no egress rule lets shop/web[Pod] ask the DNS of the cluster, so that no name resolves. Let out UDP and TCP 53 to pods with k8s-app=kube-dns in namespace kube-system; waive it for pods that need no names.'],
      'TCP alone': [[...APPS, egress('web', { ...DNS, ports: [{ port: 53 }] })], expect.stringContaining('web spec.egress: no egress rule lets shop/web[Pod] ask the DNS') as never],
      'another namespace': [[...APPS, egress('web', { ...DNS, to: [{ namespaceSelector: named('default') }] })], expect.stringContaining('shop/web[Pod]') as never],
      'a policy for many': [[...APPS, pod('more'), policy('all', { podSelector: {}, policyTypes: ['Egress'] })], expect.stringContaining('all spec.egress: no egress rule lets shop/api[Pod], shop/db[Pod], shop/more[Pod] and 1 more ask') as never],
    },
  },
  'network-ends-disagree': {
    valid: {
      'both say the same': [...APPS, egress('web', to('db', 1), DNS), ingress('db', from('web', 1))],
      'one side is open': [...APPS, egress('web', to('db', 1), DNS)],
      'something of it is open': [...APPS, egress('web', to('db', 1, 2), DNS), ingress('db', from('web', 1))],
      'some of the targets are open': [...APPS, egress('web', { to: [{ podSelector: {} }], ports: [{ port: 1 }] }, DNS), ingress('db')],
      'targets that are not in the input': [...APPS, egress('web', { to: [{ namespaceSelector: {} }], ports: [{ port: 1 }] }, DNS), policy('all', { podSelector: {}, policyTypes: ['Ingress'] })],
      'its own replicas only': [pod('db'), policy('all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }] })],
      'both by a name': [...APPS, egress('web', to('api', 'http'), DNS), ingress('api', from('web', 8080))],
    },
    invalid: {
      'the port of the Service': [
        [...APPS, egress('web', to('api', 80), DNS), ingress('api', from('web', 8080))],
        'api spec.ingress[0].from[0]: the rule lets in TCP 8080 from pods with app=web, but they let out only TCP 80 to here. Say the same ports on both sides: those of the containers, not of a Service. The egress policies of the other end are to be mended, or this rule is to go.',
        'web spec.egress[0].to[0]: the rule lets out TCP 80 to pods with app=api, but they let in only TCP 8080 from here. Say the same ports on both sides: those of the containers, not of a Service. The ingress policies of the other end are to be mended, or this rule is to go.',
      ],
      'a closed target': [[...APPS, egress('web', to('db', 1), DNS), policy('all', { podSelector: {}, policyTypes: ['Ingress'] })], expect.stringMatching(/^web .*they let in nothing from here/) as never],
      'a closed source': [[...APPS, ingress('db', from('web', 1)), policy('all', { podSelector: {}, policyTypes: ['Egress'], egress: [DNS] })], expect.stringMatching(/^db .*they let out nothing to here/) as never],
    },
  },
};

function found(id: LintId, manifests: readonly object[]): string[] {
  return lintsOf(reachOf(...manifests)).filter(lint => lint.id === id)
    .map(({ policy: { name }, field, what, advice }) => `${name} ${field}: ${what}. ${advice}`);
}

describe.each(Object.keys(LINTS) as LintId[])('%s', id => {
  const { valid, invalid } = CASES[id];
  test.each(Object.keys(valid))('passes %s', title => {
    expect(found(id, valid[title])).toEqual([]);
  });

  test.each(Object.keys(invalid))('finds %s', title => {
    const [manifests, ...expected] = invalid[title];
    expect(found(id, manifests).sort()).toEqual(expected);
  });
});

const EXAMPLES = readdirSync(join(ROOT, 'examples')).map(name => join(ROOT, 'examples', name, 'expected.yaml')).filter(existsSync);

test.each(EXAMPLES)('what the library writes itself has nothing of it: %s', file => {
  expect(lintsOf(reachOfFile(file)).map(({ id, policy: { name }, field, what }) => `${id} ${name} ${field}: ${what}`)).toEqual([]);
});
