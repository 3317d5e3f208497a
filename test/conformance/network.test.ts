import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Listing } from '../../src/reach/listing';
import { PortSet, Protocol, PROTOCOLS } from '../../src/reach/port-set';
import { Reach } from '../../src/reach/reach';
import { linksOf, reachOfFile } from '../reach/clusters';

const ROOT = join(__dirname, '../../../shared/conformance/network');
const present = existsSync(ROOT);
if (!present) process.stderr.write(`conformance/network skipped: there is no ${ROOT}\n`);
const cases = (origin: string) => present ? readdirSync(join(ROOT, origin)).sort() : ['absent'];
const expected = (origin: string, name: string) => JSON.parse(readFileSync(join(ROOT, origin, name, 'expected.json'), 'utf8'));
const reachOf = (origin: string, name: string) => reachOfFile(join(ROOT, origin, name, 'input.yaml'));

/**
 * Where np-guard is wrong by the text of the API. It polices pods in the network of their nodes and has selectors select
 * them; to the text, their traffic is that of their node. Every line that differs has to name such a pod.
 */
const POLICES_HOST_NETWORK = [
  'ipblockstest_3', 'multiple_topology_resources_1', 'multiple_topology_resources_2', 'semanticDiff-same-topologies-new1',
  'semanticDiff-same-topologies-new1a', 'semanticDiff-same-topologies-new3', 'semanticDiff-same-topologies-old2', 'semanticDiff-same-topologies-old3',
];

const suite = present ? describe : describe.skip;

suite('np-guard', () => {
  test.each(cases('np-guard'))('%s', name => {
    const reach = reachOf('np-guard', name);
    const [ours, theirs] = [npGuardLines(reach), npGuardExpected(expected('np-guard', name).connections)];
    const onHost = reach.workloads.filter(({ units }) => units.every(({ isOnHost }) => isOnHost)).map(({ id }) => id);
    const namesHost = (line: string) => onHost.some(id => line.split(/ => | : /).includes(id));
    if (POLICES_HOST_NETWORK.includes(name)) {
      expect(ours).not.toEqual(theirs);
      expect(ours.filter(line => !namesHost(line))).toEqual(theirs.filter(line => !namesHost(line)));
    } else {
      expect(ours).toEqual(theirs);
    }
  });
});

suite('cyclonus', () => {
  test.each(cases('cyclonus'))('%s', name => {
    const reach = reachOf('cyclonus', name);
    const allowed = new Set<string>(expected('cyclonus', name).allowed);
    const ours = new Set<string>();
    for (const [source, from] of reach.workloads.entries()) {
      for (const [target, to] of reach.workloads.entries()) {
        if (source === target) continue;
        const { maybe } = reach.matrix.at(source, target);
        for (const protocol of PROTOCOLS) {
          for (const port of [80, 81]) if (maybe.has(protocol, port)) ours.add(`${podName(from.id)} -> ${podName(to.id)} : ${protocol}/${port}`);
        }
      }
    }
    const others = [...allowed].filter(cell => cell.split(' : ')[0].split(' -> ').every((pod, _, [first]) => pod === first) === false);
    expect([...ours].sort()).toEqual(others.sort());
  });
});

suite('recipes', () => {
  test.each(cases('recipes'))('%s', name => {
    const reach = reachOf('recipes', name);
    const links = linksOf(reach, { mergesAddresses: true });
    for (const { src, dst, protocol, port, allowed } of expected('recipes', name).flows as { src: string; dst: string; protocol: Protocol; port: number; allowed: boolean }[]) {
      const link = links.find(({ from, to }) => isMeant(from.id, src) && isMeant(to.id, dst));
      expect({ src, dst, port, allowed: link?.verdict.sure.has(protocol, port) ?? false }).toEqual({ src, dst, port, allowed });
    }
  });
});

/** `x/a[Pod]` is the pod x/a. */
function podName(id: string): string {
  return id.replace(/\[.*/, '');
}

function isMeant(id: string, name: string): boolean {
  return podName(id) === name || (!name.includes('/') && id.includes('-255.255.255.255'));
}

/** The links in np-guard's words; addresses cut where either of both cuts them. */
function npGuardLines(reach: Reach): string[] {
  return [...new Listing(reach, { mergesAddresses: true }).links()]
    .filter(({ from, to, verdict }) => from.kind !== 'node' && to.kind !== 'node' && !verdict.sure.isEmpty)
    .flatMap(({ from, to, verdict }) => from.id.split(', ').flatMap(source => to.id.split(', ').map(target => `${source} => ${target} : ${npGuardPorts(verdict.sure)}`)))
    .sort();
}

function npGuardPorts(ports: PortSet): string {
  return ports.isAll ? 'All Connections' : ports.key;
}

/** Neighbouring ranges of the same become one, and ports are written as we do. */
function npGuardExpected(connections: readonly { src: string; dst: string; conn: string }[]): string[] {
  const groups = new Map<string, [string, string][]>();
  const rest: string[] = [];
  for (const { src, dst, conn } of connections) {
    const ports = conn === 'All Connections' ? conn : inOurOrder(conn);
    const [range, place] = isRange(src) ? [src, `* => ${dst} : ${ports}`] : isRange(dst) ? [dst, `${src} => * : ${ports}`] : ['', ''];
    if (!range) rest.push(`${src} => ${dst} : ${ports}`);
    else groups.set(place, [...groups.get(place) ?? [], range.split('-') as [string, string]]);
  }
  for (const [place, ranges] of groups) for (const range of joined(ranges)) rest.push(place.replace('*', range));
  return rest.sort();
}

function isRange(text: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+-/.test(text);
}

function inOurOrder(conn: string): string {
  // Spans without a protocol of their own are of the one before: "TCP 80,90,UDP 53".
  let protocol = '';
  const spans = conn.split(',').map(part => {
    const [first, second] = part.split(' ');
    if (second !== undefined) protocol = first;
    return `${protocol} ${second ?? first}`;
  });
  return PROTOCOLS.flatMap(name => spans.filter(span => span.startsWith(`${name} `))).join(',');
}

function joined(ranges: readonly [string, string][]): string[] {
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const text = (value: number) => [24, 16, 8, 0].map(shift => Math.floor(value / 2 ** shift) % 256).join('.');
  const result: [number, number][] = [];
  for (const [first, last] of ranges.map(([a, b]) => [number(a), number(b)]).sort(([a], [b]) => a - b)) {
    const before = result[result.length - 1];
    if (before && before[1] + 1 === first) before[1] = last; else result.push([first, last]);
  }
  return result.map(([first, last]) => `${text(first)}-${text(last)}`);
}
