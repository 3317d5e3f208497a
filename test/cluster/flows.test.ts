import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Row, expected } from './flows/expected';
import { Edit, STAND_INS, torture } from './flows/torture';
import { apply, removeApplied } from './kubectl';
import { agreementOn } from './sets/agreement';
import { Cell, Port } from './sets/cells';

/** What the lab cannot show: it has no Services, no second node, and one network plugin. */
const UNPROVEN = 'Not shown here: addresses of Services behind which pods answer (there is no address translation), NodeLocal DNSCache and the API server other than as '
  + 'addresses outside, source addresses that a load balancer or another node puts in the place of the client\'s, and every other network plugin.';

/** What is asked of `reach` and the lab besides: a port where nobody listens. */
const SILENT: readonly Port[] = [{ port: 4444, protocol: 'TCP' }, { port: 4444, protocol: 'UDP' }];
const QUESTION = { ports: SILENT, portsOfSix: SILENT, outside: [], beyond: [], portsOutside: [] };

describe('every declared connection is open, and every other one shut', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flows-'));
  const tried: string[] = [];
  afterAll(() => {
    rmSync(folder, { recursive: true });
    removeApplied();
    console.log([...tried, UNPROVEN].join('\n'));
  }, 120_000);

  test.each<[string, Edit]>([['as declared', 'none'], ['after an edit that narrows', 'narrow'], ['after an edit that widens', 'widen']])('%s', async (title, edit) => {
    apply(STAND_INS.slice(0, 3));
    apply(STAND_INS);
    const manifests = torture(edit);
    apply(manifests.filter(({ kind }) => kind === 'Namespace'));
    apply(manifests);
    // What an edit takes out of an object is gone with it; whole objects are never taken out here.
    lab('wait');
    const rows = expected(edit);
    const input = join(folder, `${edit}.json`);
    writeFileSync(input, JSON.stringify(rows));
    const { out } = lab('matrix', input, '--retry', '30');
    const results = JSON.parse(out.slice(out.indexOf('['))) as (Row & { result: string })[];
    const count = (result: Row['expect']) => results.filter(row => row.expect === result && row.result === result).length;
    tried.push(`${title}: ${count('open')} connections open, ${count('timeout')} shut, of ${rows.length}`);
    expect(results).toHaveLength(rows.length);
    expect(results.filter(({ expect: wanted, result }) => result !== wanted)).toEqual([]);

    const { disagreements, summary } = await agreementOn([...STAND_INS, ...manifests], QUESTION, rows.map(cellOf));
    tried.push(`${title}, measured and computed: ${summary}`);
    expect(disagreements).toEqual([]);
  }, 300_000);

  function lab(...args: string[]): { out: string } {
    const { stdout, error } = spawnSync(process.env.CLUSTER!, args, { encoding: 'utf8', maxBuffer: 1e8 });
    if (error) throw error;
    return { out: stdout };
  }
});

/** The same connection as a question to `reach`. */
function cellOf({ from, to, port, protocol, family }: Row): Cell {
  const [source, target] = [from, to].map(end => end === 'kube-system/k8s-app=kube-dns' ? 'kube-system/coredns' : end.replace('external:', ''));
  const isSix = family === 'ipv6' || [source, target].some(end => end.includes(':'));
  return { from: source, to: target, port, protocol: protocol === 'udp' ? 'UDP' : 'TCP', family: isSix ? 6 : 4 };
}
