import { Cell, LAB_DNS, podsIn } from './cells';
import { byCommand } from './command';
import { compare, described } from './compare';
import { ComputedNetwork } from './computed';
import { draw } from './draw';
import { exported, install, remove } from './lab';
import { FlowSet } from './plan';
import { SetQuestion, questionOf } from './question';
import { STATES, statesOf } from './states';

/** How many sets, and the seed of the first: a set that fails can be had again by its seed. */
const [SETS, FIRST] = [Number(process.env.SETS ?? 30), Number(process.env.SETS_FROM ?? 1)];
/** Sets that are in the cluster together. */
const TOGETHER = 15;
/** Of each so many sets one is also asked of the command. */
const COMMAND = 5;
/** Differences that are shown. */
const MOST_SHOWN = 20;
/** The pods of the lab's DNS, which is there once. */
const OF_DNS = podsIn(LAB_DNS).length;

const batches = Array.from({ length: Math.ceil(SETS / TOGETHER) }, (_, i): [number, number] => (
  [FIRST + i * TOGETHER, FIRST + Math.min((i + 1) * TOGETHER, SETS) - 1]
));

/** A set in one of its states, and the network that is computed from what `reach` is given. */
interface Asked extends SetQuestion {
  readonly set: FlowSet;
  readonly input: readonly any[];
  readonly network: ComputedNetwork;
}

describe('the network that is measured is the one that is computed', () => {
  const totals = new Map<string, number>();
  const add = (what: string, count = 1) => totals.set(what, (totals.get(what) ?? 0) + count);
  afterAll(() => console.log(summary(totals)));

  describe.each(batches)('of the flow sets %i to %i', (first, last) => {
    let sets: FlowSet[][] = [];
    let before: any[] = [];
    const saidBefore = new Map<number, string>();
    beforeAll(() => {
      sets = Array.from({ length: last - first + 1 }, (_, i) => statesOf(draw(first + i)));
    }, 300_000);
    afterAll(() => remove(sets.flatMap(([{ spaces }]) => spaces.map(({ name }) => name))), 60_000);

    test.each(STATES.map((title, state): [string, number] => [title, state]))('%s', async (title, state) => {
      const questions = sets.map(states => ({ set: states[state], ...questionOf(states[state]) }));
      const manifests = questions.flatMap(its => its.manifests.slice(LAB_DNS.length));
      await install(manifests, before);
      before = manifests;
      const asked = withNetworks(questions);
      const results = await compare(asked);
      const found = results.flatMap(({ disagreements, counts }, i) => {
        const { set: { seed }, network, cells, pods } = asked[i];
        for (const [what, count] of counts) add(what, count);
        const said = cells.map(cell => network.at(cell)).join();
        if (!state) add('pods', pods.length - OF_DNS);
        else if (said !== saidBefore.get(seed)) add('effective edits');
        saidBefore.set(seed, said);
        const command = seed % COMMAND ? { asked: 0, found: [] } : toldOtherwise(asked[i]);
        add('cells by the command', command.asked);
        return [...disagreements.map(its => described(its, network.why(its.cell))), ...command.found].map(text => `flow set ${seed} ${title}: ${text}`);
      });
      add(state ? 'edits' : 'sets', asked.length);
      add('disagreements', found.length);
      const cells = asked.reduce((sum, its) => sum + its.cells.length, 0);
      process.stderr.write(`flow sets ${first} to ${last} ${title}: ${found.length} disagreements in ${cells} cells\n`);
      const again = 'SETS=1 SETS_FROM=SEED npm run test:flows -- -t measured tries one again';
      if (found.length) throw new Error([...found.slice(0, MOST_SHOWN), `${found.length} in all; ${again}`].join('\n'));
    }, 600_000);
  });
});

/** Some sets are computed from their manifests, some from what an export of the cluster has of them, and of the DNS. */
function withNetworks(questions: readonly (SetQuestion & { readonly set: FlowSet })[]): Asked[] {
  const all = questions.some(({ set }) => set.knowsAddresses) ? exported() : [];
  return questions.map(question => {
    const { set: { knowsAddresses, spaces }, manifests, pods } = question;
    const names = ['kube-system', ...spaces.map(({ name }) => name)];
    const input = knowsAddresses ? all.filter(({ kind, metadata: { name, namespace } }) => names.includes(kind === 'Namespace' ? name : namespace)) : manifests;
    return { ...question, input, network: new ComputedNetwork(input, pods) };
  });
}

/** Where the command, asked for JSON, says another thing than is computed in this process. */
function toldOtherwise({ input, pods, cells, network }: Asked): { asked: number; found: string[] } {
  const told = byCommand(input, pods, cells);
  const shown = ({ from, to, protocol, port }: Cell) => `${from} => ${to} : ${protocol} ${port}`;
  return {
    asked: told.filter(its => its).length,
    found: told.flatMap((its, i) => !its || its === network.at(cells[i]) ? [] : [`${shown(cells[i])} is ${its} to the command, and ${network.at(cells[i])} in process`]),
  };
}

function summary(totals: ReadonlyMap<string, number>): string {
  const of = (what: string) => totals.get(what) ?? 0;
  const cells = (protocol: string) => `${protocol}: ${of(`${protocol} open`)} cells open, ${of(`${protocol} shut`)} shut, `
    + `of which ${of(`${protocol} depends, open`)} and ${of(`${protocol} depends, shut`)} depend on the network plugin`;
  return `${of('sets')} flow sets (seeds ${FIRST} to ${FIRST + SETS - 1}), ${of('pods')} pods, ${of('edits')} edits (${of('effective edits')} of which change who reaches whom); `
    + `${cells('TCP')}; ${cells('UDP')}; ${of('cells by the command')} cells asked of the command as well; ${of('disagreements')} disagreements`;
}
