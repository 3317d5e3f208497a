/** A pod that the lab knows by a name. Replicas of a Deployment share one. */
export interface LabPod {
  /** `namespace/name`, as the lab finds it. */
  readonly id: string;
  /** `namespace/name` of its workload. */
  readonly workload: string;
  /** Where it listens: `TCP/80`. */
  readonly listens: ReadonlySet<string>;
  /** In the network of the node. */
  readonly isOnHost: boolean;
}

/** A port of a protocol. */
export interface Port {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** One connection to be tried. */
export interface Cell extends Port {
  /** A pod by its id, an address outside, or `node`. */
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
}

/** The DNS that the lab brings, as manifests. */
export const LAB_DNS = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } },
  {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'coredns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: {
      selector: { matchLabels: { 'k8s-app': 'kube-dns' } },
      template: {
        metadata: { labels: { 'k8s-app': 'kube-dns' } },
        spec: { containers: [{ name: 'coredns', image: 'coredns', ports: ['UDP', 'TCP'].map(protocol => ({ containerPort: 53, name: `dns-${protocol.toLowerCase()}`, protocol })) }] },
      },
    },
  },
];

/** The pods that manifests make in the lab, with the ports on which it listens for them. */
export function podsIn(manifests: readonly any[]): LabPod[] {
  return manifests.flatMap(({ kind, metadata: { name, namespace }, spec }): LabPod[] => {
    const pod = kind === 'Pod' ? spec : spec?.template?.spec;
    if (!pod?.containers) return [];
    const ports = pod.containers.flatMap(({ ports: its = [] }: any) => its.map(({ containerPort, protocol = 'TCP' }: any) => `${protocol}/${containerPort}`));
    const workload = `${namespace}/${name}`;
    const ids = kind === 'StatefulSet' ? Array.from({ length: spec.replicas ?? 1 }, (_, i) => `${workload}-${i}`) : [workload];
    return ids.map(id => ({ id, workload, listens: new Set<string>(ports), isOnHost: pod.hostNetwork === true }));
  });
}

/** What is asked: each pod on each port from each other one, and whatever is outside in both directions. */
export interface Question {
  readonly pods: readonly LabPod[];
  readonly ports: readonly Port[];
  /** Tried over IPv6, too. */
  readonly portsOfSix: readonly Port[];
  /** Addresses that connect and are connected to. */
  readonly outside: readonly string[];
  /** Addresses that are only connected to. */
  readonly beyond: readonly string[];
  readonly portsOutside: readonly Port[];
}

/**
 * Every connection that is asked about; a pod to itself is nobody's business. Of pods in the network of the node only those
 * ports where they listen: the lab drops the kernel's own words that a port of the node is closed.
 */
export function cellsOf({ pods, ports, portsOfSix, outside, beyond, portsOutside }: Question): Cell[] {
  const cells: Cell[] = [];
  for (const to of pods) {
    const declared = [...to.listens].map(text => ({ protocol: text.slice(0, 3) as Port['protocol'], port: Number(text.slice(4)) }));
    const others = declared.filter(({ protocol, port }) => !ports.some(its => its.port === port && its.protocol === protocol));
    const asked = to.isOnHost ? declared : [...ports, ...others];
    for (const from of pods) {
      if (from.id === to.id) continue;
      for (const its of asked) cells.push({ from: from.id, to: to.id, ...its, family: 4 });
      for (const its of to.isOnHost ? [] : portsOfSix) cells.push({ from: from.id, to: to.id, ...its, family: 6 });
    }
    cells.push({ from: 'node', to: to.id, ...asked[0], family: 4 });
    for (const address of outside) {
      for (const its of to.isOnHost ? declared : portsOutside) cells.push({ from: address, to: to.id, ...its, family: familyOf(address) });
    }
    for (const address of [...outside, ...beyond]) {
      for (const its of portsOutside) cells.push({ from: to.id, to: address, ...its, family: familyOf(address) });
    }
  }
  return cells;
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}
