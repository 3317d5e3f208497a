import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { installed, loaded, PEERS } from './peers';

const { peerDependencies, jest: { projects } } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));

/** Set by each of the two jest projects that run this folder. */
declare const PEERS_OF_THIS_RUN: 'lowest' | 'newest';

test('runs with the peers that its jest project names, and says so', () => {
  const line = PEERS.map(peer => `${peer} ${loaded()[peer]}`).join(', ');
  process.stderr.write(`${PEERS_OF_THIS_RUN} peers: ${line}\n`);
  expect(loaded()).toEqual(installed(PEERS_OF_THIS_RUN === 'newest' ? '-newest' : ''));
});

test('`npm test` runs this folder with the lowest and with the newest peers', () => {
  const runs = projects.map((project: { globals?: object }) => project.globals);
  expect(runs).toEqual(expect.arrayContaining([{ PEERS_OF_THIS_RUN: 'lowest' }, { PEERS_OF_THIS_RUN: 'newest' }]));
});

test.each(PEERS)('the lowest %s is the one that package.json promises, and the newest is another', peer => {
  expect(`^${installed('')[peer]}`).toBe(peerDependencies[peer]);
  expect(installed('-newest')[peer]).not.toBe(installed('')[peer]);
});

test('a run holds one copy of each peer: what the peers import is what we import', () => {
  const chart = Testing.chart();
  const deployment = new Deployment(chart, 'web', { containers: [{ image: 'nginx' }] });
  expect(chart).toBeInstanceOf(Chart);
  expect(chart).toBeInstanceOf(Construct);
  expect(deployment).toBeInstanceOf(Construct);
  expect(Testing.synth(chart)).toHaveLength(1);
});
