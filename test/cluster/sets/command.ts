import { Yaml } from 'cdk8s';
import { parseAddress } from '../../../src/kube/addresses';
import { call } from '../../cli/called';
import { faultsBy } from '../../report/schemas';
import { Cell, LabPod } from './cells';
import { Computed } from './computed';

interface Connection {
  readonly verdict: 'allowed' | 'depends';
  readonly all: boolean;
  readonly allowed: readonly { protocol: string; port: number; endPort?: number }[];
}

/** What `cdk8s-hardened reach --format json` says of connections, read from its answer alone. */
export function byCommand(manifests: readonly any[], pods: readonly LabPod[], cells: readonly Cell[]): (Computed | undefined)[] {
  const { status, stdout, stderr } = call(['reach', '-', '--format', 'json'], { stdin: Yaml.stringify(...manifests) });
  if (status !== 0) throw new Error(`reach ended with ${status}: ${stderr}`);
  const answer = JSON.parse(stdout);
  expect(faultsBy('reach', answer)).toEqual([]);
  const ids = new Map<string, string>(answer.peers.flatMap(({ id, kind }: any) => kind === 'workload' ? [[id.replace(/\[.*/, ''), id]] : []));
  const ranges: string[] = answer.peers.flatMap(({ id, kind }: any) => kind === 'ip' ? [id] : []);
  const workloads = new Map(pods.map(({ id, workload }) => [id, ids.get(workload)!]));
  const peerOf = (end: string) => workloads.get(end) ?? (end === 'node' ? end : ranges.find(range => isIn(end, range)));
  const connections = new Map<string, Connection[]>();
  for (const { from, to, ...rest } of answer.connections) connections.set(`${from} ${to}`, [...connections.get(`${from} ${to}`) ?? [], rest]);
  return cells.map(({ from, to, protocol, port }) => {
    const ends = [from, to].map(peerOf);
    // A workload to itself is left out, and addresses of IPv6 are where nothing has one.
    if (ends[0] === ends[1] || ends.includes(undefined)) return undefined;
    const said = (connections.get(ends.join(' ')) ?? [])
      .filter(({ all, allowed }) => all || allowed.some(its => its.protocol === protocol && its.port <= port && port <= (its.endPort ?? its.port)));
    return said.some(({ verdict }) => verdict === 'allowed') ? 'allowed' : said.length ? 'depends' : 'denied';
  });
}

/** Whether an address lies in one of the ranges of a peer's id: `10.0.0.0-10.0.0.255`. */
function isIn(address: string, id: string): boolean {
  const { family, value } = parseAddress(address)!;
  return id.split(',').some(range => {
    const [first, last] = range.trim().split('-').map(end => parseAddress(end)!);
    return first.family === family && first.value <= value && value <= (last ?? first).value;
  });
}
