import { Problem } from '../kube/reading/problem';
import { endsOf } from '../reach/ends';
import { exposureOf } from '../reach/exposure/as-exposure';
import { Reach } from '../reach/reach';
import { WorkloadExposure } from '../reach/workload-exposure';
import { exposureJson, exposureText } from '../report/reach-exposure';
import { Line, wrong } from './options';

/** To what workloads are exposed beyond those that are there: all of them, or those that --to names. */
export function exposureAnswer(command: string, { values: { from, to, format = 'text' } }: Line, made: Reach, problems: readonly Problem[]): Iterable<string> {
  if (format !== 'text' && format !== 'json') throw wrong(command, `--exposure has no ${format.toUpperCase()}`, 'Write --format text or --format json.');
  if (from !== undefined) throw wrong(command, '--exposure takes no --from', 'Name the workloads that are asked about by --to.');
  const ends = to === undefined ? undefined : endsOf(made, `cdk8s-hardened ${command} --to`, to);
  const workloads = ends ? ends.flatMap(end => 'workload' in end ? [end.workload] : []) : made.workloads;
  if (ends && !workloads.length) throw wrong(command, `--to '${to!}' is no workload`, 'Write namespace/name, namespace/ or namespace/label=value.');
  const exposures = function* (): Iterable<WorkloadExposure> { for (const workload of workloads) yield exposureOf(made, workload); };
  return format === 'json' ? exposureJson(exposures(), problems) : exposureText(exposures());
}
