import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  AdoptionStage, EgressStance, EgressWhitelist, HardenedDaemonSet, HardenedDeployment, HardenedStatefulSet, IHardenedWorkload, IPeer,
  IngressWhitelist, LabelOperator, NetworkProtocol, Peer, SecureNamespace, SecurityDefaults,
} from '../../../src';
import { Flow, FlowSet, Guest, Other, Ports, Workload } from './plan';
import { profileOf } from './profiles';

type Ours = kplus.Workload & IHardenedWorkload;

/** The set as manifests: what the library writes, and what others have beside it. */
export function manifestsOf(set: FlowSet): any[] {
  const { spaces, guests, policies } = set;
  return [
    ...spaces.filter(({ ours }) => !ours).map(({ name, labels }) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } })),
    ...ofOurs(set),
    ...policies,
    ...guests.map(guest => podOf(guest, spaces[guest.space].name)),
  ];
}

function ofOurs(set: FlowSet): any[] {
  const { profile, spaces, workloads, flows } = set;
  const app = new App();
  SecurityDefaults.of(app).set({ cluster: profileOf(profile) });
  const chart = new Chart(app, `set-${set.seed}`, { disableResourceNameHashes: true });
  const namespaces = spaces.map(({ name, labels, ours }) => ours && new SecureNamespace(chart, name, {
    metadata: { labels: { ...labels } },
    stage: { observe: AdoptionStage.OBSERVE, warn: AdoptionStage.WARN, enforce: AdoptionStage.ENFORCE }[ours.stage],
    egress: ours.opensInCluster ? EgressStance.IN_CLUSTER : EgressStance.STRICT,
    dns: ours.dns,
  }));
  const made = workloads.map(its => workloadOf(namespaces[its.space] ?? chart, its, spaces[its.space].name));
  const peers = made.map(its => Peer.workload(its));
  workloads.forEach(({ isIsolated, isExposed, listeners }, i) => {
    if (isIsolated) made[i].connections.isolate();
    const front = listeners.find(({ protocol }) => protocol === 'TCP');
    if (isExposed && front) expose(chart, made[i], front.number);
  });
  flows.forEach((its, i) => declare(chart, `f${i}`, its, set, made, peers));
  return Testing.synth(chart);
}

function workloadOf(scope: kplus.Namespace | Chart, { kind, name, labels, listeners, replicas }: Workload, namespace: string): Ours {
  const props = {
    metadata: { name, namespace },
    podMetadata: { labels: { ...labels } },
    containers: [{ image: 'registry.example/x:1', securityContext: { user: 1000, group: 1000 }, ports: listeners.map(({ protocol, ...its }) => ({ ...its, protocol: kplus.Protocol[protocol] })) }],
  };
  switch (kind) {
    case 'DaemonSet': return new HardenedDaemonSet(scope, name, props);
    case 'StatefulSet': {
      const service = new kplus.Service(scope, `${name}-service`, { metadata: { name, namespace }, clusterIP: 'None', ports: [{ port: listeners[0].number }] });
      return new HardenedStatefulSet(scope, name, { ...props, replicas, service });
    }
    case 'plain': return new kplus.Deployment(scope, name, { ...props, replicas }) as unknown as Ours;
    default: return new HardenedDeployment(scope, name, { ...props, replicas });
  }
}

function expose(chart: Chart, workload: Ours, number: number): void {
  const { name, metadata: { namespace } } = workload;
  const service = new kplus.Service(chart, `${name}-front`, { metadata: { name: `${name}-front`, namespace }, selector: workload, ports: [{ port: number }] });
  new kplus.Ingress(chart, `${name}-ingress`, { metadata: { name, namespace }, defaultBackend: kplus.IngressBackend.fromService(service) });
}

function declare(chart: Chart, id: string, { way, own, other, ports }: Flow, set: FlowSet, made: readonly Ours[], peers: readonly Peer[]): void {
  const peer = peerOf(other, set, peers);
  const options = optionsOf(ports);
  switch (way) {
    case 'connect': return made[own].connectTo(peer, options);
    case 'accept': return made[own].acceptFrom(peer, options);
    case 'egress': new EgressWhitelist(chart, id, { workload: peers[own], targets: [peer], ...options }); return;
    case 'ingress': new IngressWhitelist(chart, id, { workload: peers[own], sources: [peer], ...options });
  }
}

function peerOf(other: Other, { spaces }: FlowSet, peers: readonly Peer[]): IPeer {
  if ('workload' in other) return peers[other.workload];
  if ('cidr' in other) return Peer.cidr(other.cidr, { exceptCidrs: [...other.except] });
  if ('role' in other) return Peer[other.role]();
  if ('space' in other) return Peer.namespace(spaces[other.space].name);
  const { labels, requirement, space, spaceLabels, everywhere } = other.pods;
  return Peer.pods({
    ...labels && { labels: { ...labels } },
    ...requirement && { requirements: [{ ...requirement, operator: requirement.operator as LabelOperator }] },
    ...space !== undefined && { namespace: spaces[space].name },
    ...spaceLabels && { namespaceLabels: { ...spaceLabels } },
    everyNamespace: everywhere,
  });
}

function optionsOf({ protocol, ...ports }: Ports) {
  return { ...ports, protocol: protocol && NetworkProtocol[protocol] };
}

/** As restricted as a closed namespace wants it; the image does not matter, since the lab listens on the ports. */
function podOf({ name, labels, listeners, isOnHost }: Guest, namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      ...isOnHost && { hostNetwork: true },
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'main', image: 'x:1', ports: listeners.map(({ name: its, number, protocol }) => ({ name: its, containerPort: number, protocol })),
        resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { memory: '1Mi' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      }],
    },
  };
}
