import { parseAddress } from '../../../src/kube/addresses';
import { Explainer } from '../../../src/reach/explain';
import { explainedLines } from '../../../src/reach/explained-lines';
import { Reach } from '../../../src/reach/reach';
import { Unit } from '../../../src/reach/unit';
import { Verdict } from '../../../src/reach/verdict';
import { REPLICA_LABELS, Workload } from '../../../src/reach/workload';
import { readObjects } from '../../reach/agreement';
import { Cell, LabPod } from './cells';

/** What `reach` says of a connection; `differs` where it tells pods apart that go by one name. */
export type Computed = 'allowed' | 'denied' | 'depends' | 'differs';

/** The network that `reach` computes from manifests. */
export class ComputedNetwork {
  private readonly reach: Reach;
  private readonly workloads: ReadonlyMap<string, Workload>;
  private readonly pods: ReadonlyMap<string, LabPod>;
  private readonly places: ReadonlyMap<Unit, number>;

  constructor(manifests: readonly any[], pods: readonly LabPod[]) {
    this.reach = new Reach(readObjects(manifests));
    const { world, workloads, matrix } = this.reach;
    if (world.problems.length) throw new Error(world.problems.map(({ message }) => message).join('\n'));
    this.workloads = new Map(workloads.map(workload => [`${workload.namespace.name}/${workload.name}`, workload]));
    this.pods = new Map(pods.map(pod => [pod.id, pod]));
    this.places = new Map(matrix.units.map((unit, place) => [unit, place]));
  }

  /** What it says of a connection. */
  public at(cell: Cell): Computed {
    const { protocol, port } = cell;
    const answers = this.verdicts(cell).map(({ sure, maybe }): Computed => sure.has(protocol, port) ? 'allowed' : maybe.has(protocol, port) ? 'depends' : 'denied');
    return answers.every(answer => answer === answers[0]) ? answers[0] : 'differs';
  }

  /** Why, line by line. */
  public why({ from, to }: Cell): string[] {
    const { verdicts: { ports } } = this.reach.world;
    const [source, target] = [from, to].map(end => {
      const pod = this.pods.get(end);
      return pod ? { workload: this.workloads.get(pod.workload)! } : end === 'node' ? { name: 'node' as const } : { address: parseAddress(end)! };
    });
    return new Explainer(this.reach).explain(source, target).flatMap(its => explainedLines(its, ports, () => ''));
  }

  /** What is said for each pair of pods that policies may tell apart. */
  private verdicts({ from, to, family }: Cell): readonly Verdict[] {
    if (from === 'node') return [this.reach.world.verdicts.all];
    const [sources, targets] = [this.units(from), this.units(to)];
    const at = (source: Unit, target: Unit) => this.reach.matrix.at(this.places.get(source)!, this.places.get(target)!);
    if (sources && targets) return sources.flatMap(source => targets.map(target => at(source, target)));
    const { value } = parseAddress(sources ? to : from)!;
    const workload = this.workloads.get(this.pods.get(sources ? from : to)!.workload)!;
    const stretches = this.reach.boundary.stretches(workload, sources ? 'egress' : 'ingress', family);
    return [stretches.find(({ range: { first, last } }) => first <= value && value <= last)!.verdict];
  }

  /** The pods behind a name of the lab; of a StatefulSet whose replicas policies tell apart, the one of its name. */
  private units(id: string): readonly Unit[] | undefined {
    const pod = this.pods.get(id);
    if (!pod) return undefined;
    const { units } = this.workloads.get(pod.workload)!;
    const replicas = units.filter(({ labels }) => labels[REPLICA_LABELS[0]] === id.slice(id.indexOf('/') + 1));
    return replicas.length ? replicas : units;
  }
}
