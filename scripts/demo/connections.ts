import { Manifest, Workload, matches, workloadsOf } from './manifests';
import { Cell, bold, dim, green } from './paint';

/** Whoever may be one side of a connection. */
interface Side {
  readonly name: string;
  /** Absent: whoever is not named by any policy. */
  readonly pods?: Pick<Workload, 'namespace' | 'labels'>;
  readonly isOurs?: boolean;
}

/** Ports, as `TCP 80`; undefined for every port. */
type Ports = readonly string[] | undefined;

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
/** More targets than that are no columns that people read. */
const WIDEST = 8;
const ELSE: Side = { name: 'anyone else' };

/** Who may open connections to whom, computed from the policies: one row a source, one column a target. */
export class Connections {
  private readonly policies: readonly Manifest[];
  private readonly ours: readonly Side[];

  constructor(private readonly objects: readonly Manifest[]) {
    this.policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
    this.ours = workloadsOf(objects).map(({ name, namespace, labels }) => ({ name, isOurs: true, pods: { namespace, labels } }));
  }

  /** A table of all pairs; where that would be wider than people read, what each source may reach. */
  public tables(): Cell[][][] {
    const sources = [...this.strangers(['ingress'], true), ...this.ours, ELSE];
    const targets = [...this.strangers([], true), ...this.ours, ...this.strangers(['egress'], false), ELSE];
    if (targets.length > WIDEST) return [this.list(sources, targets)];
    return [[
      [{ lines: ['from ╲ to'], paint: dim }, ...targets.map(({ name }): Cell => ({ lines: [name], paint: bold }))],
      ...sources.map(source => [
        { lines: [described(source)], paint: bold },
        ...targets.map(target => this.cell(source, target)),
      ]),
    ]];
  }

  /** One row a source, one line a target that it may reach: what is not listed is shut. */
  private list(sources: readonly Side[], targets: readonly Side[]): Cell[][] {
    return sources.map((source): Cell[] => {
      const open = targets.map(target => ({ target, ...this.cell(source, target) })).filter(({ paint }) => paint === green);
      const shut = [{ lines: ['nobody'], paint: dim }, { lines: [''] }];
      return [
        { lines: [described(source)], paint: bold },
        ...open.length ? [{ lines: open.map(({ target }) => target.name) }, { lines: open.map(({ lines }) => lines.join()), paint: green }] : shut,
      ];
    });
  }

  /** Pods that the policies speak of and that the files do not bring. */
  public strangerNames(): string[] {
    return this.strangers(['ingress', 'egress'], true).map(({ pods }) =>
      `${Object.entries(pods!.labels).map(label => label.join('=')).join(',')} in ${pods!.namespace}`);
  }

  private cell(source: Side, target: Side): Cell {
    if (source.pods && source.name === target.name && source.pods?.namespace === target.pods?.namespace) return { lines: ['─'], paint: dim };
    const [out, into] = [this.allowed(source, 'egress', target), this.allowed(target, 'ingress', source)];
    if (!out.isShut && !into.isShut) return { lines: ['·'], paint: dim };
    const ports = both(out.ports, into.ports);
    if (ports?.length === 0) return { lines: ['shut'], paint: dim };
    return { lines: [ports ? portsText(ports) : 'every port'], paint: green };
  }

  /** What the policies of a side let it do: everything, where none selects its pods for the direction. */
  private allowed(subject: Side, direction: 'egress' | 'ingress', other: Side): { isShut: boolean; ports: Ports } {
    const { pods } = subject;
    const type = direction === 'egress' ? 'Egress' : 'Ingress';
    const policies = pods ? this.policies.filter(({ metadata, spec }) =>
      (metadata.namespace ?? 'default') === pods.namespace && spec.policyTypes.includes(type) && matches(spec.podSelector, pods.labels)) : [];
    if (!policies.length) return { isShut: false, ports: undefined };
    const rules = policies.flatMap(({ metadata, spec }) => (spec[direction] ?? [])
      .filter((rule: Manifest) => this.names(rule[direction === 'egress' ? 'to' : 'from'], metadata.namespace ?? 'default', other)));
    if (rules.some(({ ports }) => !ports?.length)) return { isShut: true, ports: undefined };
    return { isShut: true, ports: [...new Set<string>(rules.flatMap(({ ports }) => ports.map(portText)))].sort() };
  }

  private names(peers: readonly Manifest[] | undefined, own: string, { pods }: Side): boolean {
    if (!peers?.length) return true;
    return pods !== undefined && peers.some(({ ipBlock, namespaceSelector, podSelector }) => {
      if (ipBlock) throw new Error('the demo does not read ipBlock');
      const labels = this.objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === pods.namespace)?.metadata.labels;
      const inNamespace = namespaceSelector ? matches(namespaceSelector, { ...labels, [NAMESPACE_NAME]: pods.namespace }) : pods.namespace === own;
      return inNamespace && matches(podSelector, pods.labels);
    });
  }

  /** Pods of others: the peers of rules in the given directions, and those that policies are about. */
  private strangers(directions: readonly ('egress' | 'ingress')[], subjects: boolean): Side[] {
    const found = this.policies.flatMap(({ metadata, spec }) => [
      ...(subjects ? [{ namespace: metadata.namespace ?? 'default', labels: spec.podSelector.matchLabels }] : []),
      ...directions.flatMap(direction => (spec[direction] ?? []).flatMap((rule: Manifest) => (direction === 'egress' ? rule.to : rule.from) ?? [])
        .map(({ namespaceSelector, podSelector }: Manifest) => ({
          namespace: namespaceSelector?.matchLabels?.[NAMESPACE_NAME] ?? metadata.namespace, labels: podSelector?.matchLabels,
        }))),
    ]).filter(({ namespace, labels }) => labels && !this.ours.some(({ pods }) => (
      pods!.namespace === namespace && matches({ matchLabels: labels }, pods!.labels)
    )));
    const byText = new Map(found.map((pods): [string, Side] => [JSON.stringify(pods), { name: Object.values<string>(pods.labels)[0], pods }]));
    return [...byText.values()];
  }
}

function described({ name, pods, isOurs }: Side): string {
  return pods && !isOurs ? `${name} (${pods.namespace})` : name;
}

function both(a: Ports, b: Ports): Ports {
  return a && b ? a.filter(port => b.includes(port)) : a ?? b;
}

/** Ports by number: `TCP+UDP 53`. */
function portsText(ports: readonly string[]): string {
  const byNumber = new Map<string, string[]>();
  for (const [protocol, port] of ports.map(text => text.split(' '))) byNumber.set(port, [...byNumber.get(port) ?? [], protocol]);
  return [...byNumber].map(([port, protocols]) => `${protocols.join('+')} ${port}`).join(', ');
}

function portText({ protocol = 'TCP', port, endPort }: Manifest): string {
  return `${protocol} ${port ?? 'all'}${endPort ? `-${endPort}` : ''}`;
}
