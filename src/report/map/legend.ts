import type { ReachMap } from './reach-map';

/** What colours and lines mean: those that occur on a map, by the class that they are drawn with. */
export function legendOf({ links, isDiff, nodes }: ReachMap): [looks: string, meaning: string][] {
  const has = (test: (link: ReachMap['links'][number]) => boolean) => links.some(test);
  const entries: [boolean, string, string][] = [
    [has(({ state }) => state === 'added'), 'added', 'opened by the change'],
    [has(({ state }) => state === 'removed'), 'removed', 'closed by the change'],
    [has(({ state }) => state === 'changed'), 'changed', 'other ports than before'],
    [has(({ side, state }) => side === 'entry' && !state), 'entry', 'in from the internet, or by a controller'],
    [has(({ side, state }) => side === 'exit' && !state), 'exit', 'out to the internet'],
    [has(({ side, state }) => !side && !state), '', isDiff ? 'as before' : 'allowed'],
    [has(({ isDoubtful }) => isDoubtful === true), 'doubtful', 'depends on what Kubernetes leaves open'],
    [nodes.some(({ members }) => members), 'several', 'workloads that are the same to all others'],
  ];
  return entries.filter(([occurs]) => occurs).map(([, looks, meaning]) => [looks, meaning]);
}
