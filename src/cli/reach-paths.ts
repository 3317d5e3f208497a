import { Problem } from '../kube/reading/problem';
import { checkHops, checkPairs } from '../reach/asked';
import { endsOf } from '../reach/ends';
import { MOST_PATHS, PathFinder, Paths } from '../reach/paths';
import { Reach } from '../reach/reach';
import { pathsJson, pathsText } from '../report/reach-paths';
import { Line, wrong } from './options';

/** The ways from what --from names to what --to names; without --to the shortest to everybody. */
export function pathsAnswer(command: string, { values: { from, to, paths, format = 'text' } }: Line, made: Reach, problems: readonly Problem[]): Iterable<string> {
  if (format !== 'text' && format !== 'json') throw wrong(command, `--paths has no ${format.toUpperCase()}`, 'Write --format text or --format json.');
  if (from === undefined) throw wrong(command, '--paths needs --from', 'Write --from namespace/name, or an address.');
  const where = `cdk8s-hardened ${command}`;
  const hops = /^\d+$/.test(paths!) ? Number(paths) : NaN;
  checkHops(`${where} --paths '${paths!}'`, hops);
  const sources = endsOf(made, `${where} --from`, from);
  const targets = to === undefined ? undefined : endsOf(made, `${where} --to`, to);
  checkPairs(where, sources.length * (targets?.length ?? 1));
  const finder = new PathFinder(made, where);
  const found = sources.flatMap((source): Paths[] => (
    targets?.map(target => finder.between(source, target, hops)) ?? [{ paths: finder.reachable(source, hops), isCut: false }]
  ));
  const all = found.flatMap(its => its.paths).sort((a, b) => a.length - b.length);
  const shown = targets ? all.slice(0, MOST_PATHS) : all;
  const answer = { problems, paths: shown, isCut: shown.length < all.length || found.some(({ isCut }) => isCut), table: made.world.verdicts.ports };
  return format === 'json' ? pathsJson(answer) : pathsText(answer);
}
