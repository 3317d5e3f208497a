import { ApiObject, App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Peer } from '../../src/network/peer';
import { HardenedDaemonSet } from '../../src/workload/hardened-daemon-set';
import { HardenedDeployment, HardenedDeploymentProps } from '../../src/workload/hardened-deployment';
import { HardenedStatefulSet } from '../../src/workload/hardened-stateful-set';
import { failure, policies } from '../network/fake-workload';

const CONTAINER = { image: 'registry.example/x:1', securityContext: { user: 1000, group: 1000 } };

function deployment(scope: Construct, id: string, ports: number[], props: Partial<HardenedDeploymentProps> = {}): HardenedDeployment {
  return new HardenedDeployment(scope, id, { metadata: { name: id }, containers: [{ ...CONTAINER, ports: ports.map(number => ({ number, name: `p${number}` })) }], ...props });
}

function shop(): Chart {
  return new Chart(new App(), 'shop', { namespace: 'shop' });
}

describe('replicas', () => {
  test('are connected to each other by connectReplicas as by connectTo of the workload itself', () => {
    const written = (connect: (db: HardenedStatefulSet) => void) => {
      const chart = shop();
      const service = new kplus.Service(chart, 'service', { clusterIP: 'None', ports: [{ port: 7000 }] });
      const db = new HardenedStatefulSet(chart, 'db', { service, containers: [{ ...CONTAINER, ports: [{ number: 7000, name: 'sql' }, { number: 7001, name: 'gossip' }] }] });
      connect(db);
      return policies(chart);
    };
    const expected = written(db => db.connectTo(db, { ports: [7001] }));
    expect(Object.keys(expected)).toHaveLength(2);
    expect(written(db => db.connectReplicas({ ports: [7001] }))).toEqual(expected);
    expect(written(db => {
      db.connectReplicas({ portNames: ['gossip'] });
      db.connectReplicas({ ports: [7001] });
    })).toEqual(expected);
    expect(failure(() => written(db => db.connectReplicas()))).toContain('[ports-ambiguous]');
  });
});

describe('a workload on the network of its nodes', () => {
  const waivers = [{ rule: 'pod-host-network', reason: 'x', owner: 'y' }];
  const on = (declare: (host: HardenedDeployment, other: HardenedDeployment) => void) => {
    const chart = shop();
    declare(deployment(chart, 'host', [8080], { hostNetwork: true, waivers }), deployment(chart, 'other', [80]));
    return failure(() => policies(chart));
  };
  const cannot = (flow: string) => `the flow from ${flow} cannot be enforced: the pods of Deployment shop/host are on the network of their nodes, which no policy binds, and are taken for the nodes [flow-host-network].`;

  test('is no side of a flow', () => {
    expect(on((host, other) => host.connectTo(other))).toBe(
      `shop/host: ${cannot('Deployment shop/host to Deployment shop/other')} Leave hostNetwork out there; or let the nodes in at the other side, acceptFrom(Peer.cidr('…'), { ports: […] }), which lets in every program on them.`,
    );
    expect(on((host, other) => other.connectTo(host))).toBe(
      `shop/other: ${cannot('Deployment shop/other to Deployment shop/host')} Leave hostNetwork out there; or connect to the addresses of the nodes, connectTo(Peer.cidr('…'), { ports: […] }).`,
    );
    expect(on(host => host.acceptFrom(Peer.anyone()))).toContain(cannot('anyone to Deployment shop/host'));
    expect(on((host, other) => other.connectTo(Peer.workload(host)))).toContain('[flow-host-network]');
  });

  test('of cdk8s-plus is none either', () => {
    const chart = shop();
    const plain = new kplus.DaemonSet(chart, 'host', { hostNetwork: true, containers: [{ image: 'x', portNumber: 9100 }] });
    deployment(chart, 'web', [80]).connectTo(Peer.workload(plain));
    expect(failure(() => policies(chart))).toContain('the pods of DaemonSet shop/');
  });

  test('is not isolated, whatever is asked', () => {
    expect(on(host => (host.connections as kplus.PodConnections).isolate())).toBe(
      'shop/host: its policies would do nothing: the pods of Deployment shop/host are on the network of their nodes, which no policy binds [flow-host-network]. Leave hostNetwork out, or the isolation.',
    );
  });
});

describe('workloads whose pods have the same label', () => {
  test('are an error: a policy for one would be about both', () => {
    const chart = shop();
    const [web, api] = ['web', 'api'].map(id => deployment(chart, id, [80]));
    web.connectTo(api);
    api.podMetadata.addLabel(kplus.Pod.ADDRESS_LABEL, web.podMetadata.getLabel(kplus.Pod.ADDRESS_LABEL)!);
    expect(failure(() => Testing.synth(chart))).toContain(
      "shop/api: the pods of Deployment shop/api have the same labels as those of Deployment shop/web, so a policy for one would be about both [selector-shared]. Leave the label 'cdk8s.io/metadata.addr' to the library, which gives each workload one of its own.",
    );
  });

  test('are none in namespaces of their own', () => {
    const app = new App();
    const made = ['a', 'b'].map(namespace => deployment(new Chart(app, namespace, { namespace }), 'web', [80]));
    made.forEach(web => web.podMetadata.addLabel(kplus.Pod.ADDRESS_LABEL, 'same'));
    made[0].connectTo(made[1]);
    expect(failure(() => app.charts.map(chart => Testing.synth(chart)))).toBe('nothing failed');
  });
});

describe('a port that no container declares', () => {
  const opened = (declare: (web: HardenedDeployment) => void, ports = [8080, 9090]) => {
    const chart = shop();
    const web = deployment(chart, 'web', ports);
    declare(web);
    return web;
  };
  const about = (web: HardenedDeployment) => web.findings.filter(({ rule }) => rule === 'network-port-undeclared');

  test('may be meant, and is a finding on the target, from either side, once', () => {
    const web = opened(target => {
      target.acceptFrom(Peer.anyone(), { ports: [8081, 8080] });
      deployment(target.node.scope!, 'other', []).connectTo(target, { ports: [8081] });
    });
    expect(about(web)).toEqual([{
      rule: 'network-port-undeclared',
      severity: 'warning',
      where: 'shop/web',
      subject: 'Deployment shop/web',
      field: 'spec.template.spec.containers',
      what: "port 8081 is opened, and no container declares it; declared are TCP 8080 'p8080' (container main), TCP 9090 'p9090' (container main)",
      advice: 'Open a port that is declared; or, if a container does listen there, declare it. The port of a Service is not meant.',
    }]);
    expect(policies(Chart.of(web))['shop/deployment-web-ingress']).toBeDefined();
  });

  test('is no finding where nothing is declared, or a range is said', () => {
    expect(about(opened(web => web.acceptFrom(Peer.anyone(), { ports: [8081] }), []))).toEqual([]);
    expect(about(opened(web => web.acceptFrom(Peer.anyone(), { portRanges: [{ port: 8081 }] })))).toEqual([]);
    expect(about(opened(() => undefined))).toEqual([]);
  });

  test('is an error where it is that of a Service in front', () => {
    const web = opened(target => {
      new kplus.Service(target.node.scope!, 'service', { metadata: { name: 'front' }, selector: target, ports: [{ port: 80, targetPort: 8080 }] });
      deployment(target.node.scope!, 'other', []).connectTo(target, { ports: [80] });
    });
    expect(failure(() => policies(Chart.of(web)))).toBe(
      'shop/other: the flow from Deployment shop/other to Deployment shop/web asks for port 80, which is that of Service shop/front; the containers behind it listen on TCP 8080 [port-of-service]. '
      + 'A policy sees the port of the container: { ports: [8080] }. If a container does listen on 80, declare it there.',
    );
  });
});

describe('rollOnPolicyChange', () => {
  const hash = (declare: (web: HardenedDeployment, chart: Chart) => void = () => undefined, roll = true) => {
    const chart = shop();
    const web = deployment(chart, 'web', [80], { rollOnPolicyChange: roll });
    declare(web, chart);
    const written = Testing.synth(chart).find(({ kind }) => kind === 'Deployment');
    return written.spec.template.metadata.annotations?.['cdk8s-hardened/policies'];
  };

  test('marks the pods with what their policies say: it changes with these, and with nothing else', () => {
    const open = (port: number, why?: string) => (web: HardenedDeployment) => web.acceptFrom(Peer.anyone(), { ports: [port], why });
    const of80 = hash(open(80));
    expect(of80).toMatch(/^[0-9a-f]{16}$/);
    expect(hash(open(80, 'said otherwise'))).toBe(of80);
    expect(hash((web, chart) => {
      open(80)(web);
      deployment(chart, 'other', [80]).acceptFrom(Peer.anyone(), { ports: [80] });
      policy(chart, 'elsewhere', { matchLabels: { app: 'other' } });
    })).toBe(of80);
    const others = [hash(), hash(open(81)), hash((web, chart) => {
      open(80)(web);
      policy(chart, 'everybody', {});
    })];
    expect(new Set([of80, ...others]).size).toBe(4);
  });

  test('is asked for, and marks the pods of a DaemonSet, too', () => {
    expect(hash(undefined, false)).toBeUndefined();
    const chart = shop();
    new HardenedDaemonSet(chart, 'agent', { containers: [{ ...CONTAINER }], rollOnPolicyChange: true }).acceptFrom(Peer.anyone(), { ports: [80] });
    expect(Testing.synth(chart).find(({ kind }) => kind === 'DaemonSet').spec.template.metadata.annotations['cdk8s-hardened/policies']).toMatch(/^[0-9a-f]{16}$/);
  });

  function policy(chart: Chart, id: string, podSelector: object): void {
    new ApiObject(chart, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector, policyTypes: ['Egress'] } });
  }
});
