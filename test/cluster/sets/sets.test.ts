import { Cell, LAB_DNS, podsIn } from './cells';
import { byCommand } from './command';
import { compare, described } from './compare';
import { ComputedNetwork } from './computed';
import { draw } from './draw';
import { exported, install, remove } from './lab';
import { FlowSet } from './plan';
import { questionOf } from './question';
import { STATES, statesOf } from './states';

/** How many sets, and the seed of the first: a set that fails can be had again by its seed. */
const [SETS, FIRST] = [Number(process.env.SETS ?? 30), Number(process.env.SETS_FROM ?? 1)];
/** Sets that are in the cluster together. */
const TOGETHER = 15;
/** Of each so many sets one is also asked of the command. */
const COMMAND = 5;

/** The pods of the lab's DNS, which is there once. */
const OF_DNS = podsIn(LAB_DNS).length;

const batches = Array.from({ length: Math.ceil(SETS / TOGETHER) }, (_, i): [number, number] => (
  [FIRST + i * TOGETHER, FIRST + Math.min((i + 1) * TOGETHER, SETS) - 1]
));
describe('the network that is measured is the one that is computed', () => {
  const totals = new Map<string, number>();
  const add = (what: string, count = 1) => totals.set(what, (totals.get(what) ?? 0) + count);
  afterAll(() => console.log(summary(totals)));

  describe.each(batches)('of the flow sets %i to %i', (first, last) => {
    let sets: FlowSet[][] = [];
    let before: any[] = [];
    beforeAll(() => {
      sets = Array.from({ length: last - first + 1 }, (_, i) => statesOf(draw(first + i)));
    }, 300_000);
    afterAll(() => remove(sets.flatMap(([{ spaces }]) => spaces.map(({ name }) => name))), 60_000);

    test.each(STATES.map((title, state): [string, number] => [title, state]))('%s', async (title, state) => {
      const questions = sets.map(states => ({ set: states[state], ...questionOf(states[state]) }));
      const manifests = questions.flatMap(its => its.manifests.slice(LAB_DNS.length));
      await install(manifests, before);
      before = manifests;
      const all = questions.some(({ set }) => set.knowsAddresses) ? exported() : [];
      const asked = questions.map(question => {
        const input = question.set.knowsAddresses ? exportOf(all, question.set) : question.manifests;
        return { ...question, input, network: new ComputedNetwork(input, question.pods) };
      });
      const results = await compare(asked);
      const found = results.flatMap(({ disagreements, counts }, i) => {
        const { set, input, pods, cells, network } = asked[i];
        add(state ? 'edits' : 'sets');
        if (!state) add('pods', pods.length - OF_DNS);
        for (const [what, count] of counts) add(what, count);
        const told = set.seed % COMMAND ? [] : byCommand(input, pods, cells);
        add('cells by the command', told.filter(its => its).length);
        const otherwise = told.flatMap((its, place) => its && its !== network.at(cells[place]) ? [`${shown(cells[place])} is ${its} to the command, and ${network.at(cells[place])} in process`] : []);
        return [...disagreements.map(its => described(its, network.why(its.cell))), ...otherwise].map(text => `flow set ${set.seed} ${title}: ${text}`);
      });
      add('disagreements', found.length);
      process.stderr.write(`flow sets ${first} to ${last} ${title}: ${found.length} disagreements in ${asked.reduce((sum, { cells }) => sum + cells.length, 0)} cells\n`);
      if (found.length) throw new Error([...found.slice(0, 20), `${found.length} in all; SETS=1 SETS_FROM=SEED npm run test:flows -- -t measured tries one again`].join('\n'));
    }, 600_000);
  });
});

/** What an export of a cluster has of a set, and of the DNS. */
function exportOf(all: readonly any[], { spaces }: FlowSet): any[] {
  const names = ['kube-system', ...spaces.map(({ name }) => name)];
  return all.filter(({ kind, metadata: { name, namespace } }) => names.includes(kind === 'Namespace' ? name : namespace));
}

function shown({ from, to, protocol, port }: Cell): string {
  return `${from} => ${to} : ${protocol} ${port}`;
}

function summary(totals: ReadonlyMap<string, number>): string {
  const of = (what: string) => totals.get(what) ?? 0;
  return `${of('sets')} flow sets (seeds ${FIRST} to ${FIRST + SETS - 1}), ${of('pods')} pods, ${of('edits')} edits; `
    + `${['TCP', 'UDP'].map(protocol => `${protocol}: ${of(`${protocol} open`)} cells open, ${of(`${protocol} shut`)} shut; of these depend on the network plugin ${of(`${protocol} depends, open`)} and ${of(`${protocol} depends, shut`)}`).join('; ')}; `
    + `${of('cells by the command')} cells asked of the command as well; ${of('disagreements')} disagreements`;
}
