import { Explainer } from '../../reach/explain';
import { describeShown, describeVerdict, shownPorts } from '../../reach/port-words';
import { Reach } from '../../reach/reach';
import { layOut } from './layout';
import type { MapLink, ReachMap } from './reach-map';
import { Reasons } from './reasons';
import { Sketch, SketchedLink } from './sketch';
import { MapQuestion, survey } from './survey';
import { Words } from './words';

/** With more workloads than that, namespaces are folded at first. */
const MOST_UNFOLDED = 60;
/** So few peers outside are shown one by one even then. */
const FEW = 6;
/** What the whole picture always leaves out. */
const LEFT_OUT = 'Not drawn: a workload to itself, and nodes, which always reach their own pods. What is not drawn else is denied.';

/** A map of who reaches whom. */
export function mapOf(question: MapQuestion): ReachMap {
  const { reach, reach: { world: { problems } } } = question;
  const sketch = survey(question);
  sketch.notes.push(LEFT_OUT);
  if (problems.length) sketch.notes.push(`${problems.length} parts of the input could not be understood; connections that rest on them depend.`);
  const title = question.from || question.to ? 'Who reaches whom, of those who are asked about' : 'Who reaches whom';
  return finished(sketch, title, reach);
}

/** Gives everything its place and its reasons; `before` in a diff, where both sides share verdicts. */
export function finished(sketch: Sketch, title: string, reach: Reach, before?: Reach): ReachMap {
  const { world: { verdicts: { ports } } } = reach;
  const words = new Words();
  const reasons = new Reasons(words);
  const explainers = { now: new Explainer(reach), before: before && new Explainer(before) };
  const labels = sketch.links.map(({ verdict, before: old }) => describeShown(shownPorts((verdict.maybe.isEmpty && old ? old : verdict).maybe)));
  const layout = layOut(sketch, i => labels[i]);
  const links = sketch.links.map((link, i): MapLink => {
    const { from, to, count, side, state, verdict } = link;
    return {
      from,
      to,
      ...count !== undefined && count > 1 && { count },
      label: words.placeOf(labels[i]),
      ports: words.placeOf(describeVerdict(verdict, ports)),
      ...side && { side },
      ...verdict.sure.isEmpty && !verdict.maybe.isEmpty && { isDoubtful: true as const },
      ...state && { state },
      ...link.before && { before: words.placeOf(describeVerdict(link.before, ports)) },
      ...layout.links[i],
      ...whyOf(link),
    };
  });
  const workloads = sketch.spaces.reduce((sum, { kind, count }) => sum + (kind === 'namespace' ? count : 0), 0);
  return {
    title,
    notes: sketch.notes,
    spaces: sketch.spaces.map((space, i) => ({
      ...space, ...layout.spaces[i], isOpen: space.nodes.length > 0 && (workloads <= MOST_UNFOLDED || (space.kind !== 'namespace' && space.count <= FEW)),
    })),
    nodes: sketch.nodes.map((node, i) => ({ ...node, ...layout.nodes[i] })),
    links,
    words: words.all,
    reasons: reasons.all,
    isDiff: before !== undefined,
  };

  function whyOf({ source, target, verdict, before: old }: SketchedLink): Pick<MapLink, 'why' | 'whyBefore'> {
    if (!source || !target) return {};
    const why = verdict.maybe.isEmpty && old ? undefined : reasons.of(reach, explainers.now, source, target);
    const whyBefore = before && old && !old.maybe.isEmpty ? reasons.of(before, explainers.before!, source, target) : undefined;
    return { ...why && { why }, ...whyBefore && { whyBefore } };
  }
}
