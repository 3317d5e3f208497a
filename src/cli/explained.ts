import { Constructs } from '../kube/reading/constructs';
import { Problem } from '../kube/reading/problem';
import { endsOf } from '../reach/ends';
import { Explainer } from '../reach/explain';
import { Where } from '../reach/explained-lines';
import { Reach } from '../reach/reach';
import { explainedJson, explainedText } from '../report/reach-explained';
import { place } from '../report/text';
import { wrong } from './options';

/** Pairs that may be explained at once. */
const MOST_EXPLAINED = 100;

/** A question of `explain`, and where its words come from. */
export interface Asked {
  readonly command: string;
  /** What an end is called in messages: `--from`. */
  readonly names: readonly [from: string, to: string];
  readonly from: string;
  readonly to: string;
  readonly format: string;
}

/** Why one may speak to another, or not. */
export function explained(asked: Asked, made: Reach, constructs: Constructs, problems: readonly Problem[]): Iterable<string> {
  const { command, names, from, to, format } = asked;
  if (format !== 'text' && format !== 'json') throw wrong(command, `an explanation has no ${format.toUpperCase()}`, 'Write --format text or --format json.');
  const [sources, targets] = [from, to].map((text, i) => endsOf(made, `cdk8s-hardened ${command} ${names[i]}`, text));
  if (sources.length * targets.length > MOST_EXPLAINED) {
    throw wrong(command, `${sources.length} times ${targets.length} peers are asked about`, `Name at most ${MOST_EXPLAINED} pairs: namespace/name on both sides.`);
  }
  const explainer = new Explainer(made);
  const explanations = sources.flatMap(source => targets.flatMap(target => explainer.explain(source, target)));
  if (!explanations.length) throw wrong(command, `policies say nothing of '${from}' and '${to}'`, 'Name a workload on one side at least, and a workload or addresses as the target.');
  const { world: { verdicts: { ports } } } = made;
  return format === 'json' ? [explainedJson(explanations, problems, ports, constructs)] : explainedText(explanations, ports, whereIn(constructs));
}

/** File and line, and the construct that wrote the object, where a record says it. */
function whereIn(constructs: Constructs): Where {
  return (object, field) => {
    const { source: { file, locate } } = object;
    const construct = field === '' ? constructs.of(object) : undefined;
    return `${place(file, locate(field).line)}${construct === undefined ? '' : `, ${construct}`}`;
  };
}
