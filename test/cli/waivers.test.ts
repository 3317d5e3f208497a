import { faultsBy } from '../report/schemas';
import { call } from './called';

const waiver = (rule: string, says: object) => `    cdk8s-hardened/waive.${rule}: '${JSON.stringify(says)}'\n`;
const MANIFEST = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  namespace: kube-system
  annotations:
${waiver('pod-host-path', { reason: "reads the node's logs".replace("'", "''"), owner: 'platform team', until: '2099-06-30', ticket: 'SEC-42' })}${waiver('pod-host-pid', { reason: 'sees processes', owner: 'platform team' })}${waiver('pod-host-ipc', { reason: 'was quick', owner: 'team a', until: '2020-01-31' })}${waiver('pod-privileged', { reason: 'nobody knows', owner: 'team b', until: '2098-01-01', container: 'b' })}spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostPID: true
      hostIPC: true
      containers: [{name: a, image: "ghcr.io/acme/agent:1"}]
      volumes:
      - name: logs
        hostPath: {path: /var/log}
      - name: run
        hostPath: {path: /run}
`;
const said = (...options: string[]) => call(['check', '-', '--waivers', '--pack', 'pss-baseline', ...options], { stdin: MANIFEST });

describe('the report about waivers', () => {
  test('says until when, what, for whom, who answers, why, and what fails without; what ends next stands first', () => {
    expect(said().stdout).toBe(`expired on 2020-01-31 · pod-host-ipc · DaemonSet kube-system/agent · team a: was quick
  standard input:9
  fails already: error · spec.template.spec.hostIPC: the pod shares memory with the processes of its node

until 2098-01-01 · pod-privileged · DaemonSet kube-system/agent, container b · team b: nobody knows
  standard input:10
  without it: nothing that is asked here

until 2099-06-30 · pod-host-path · DaemonSet kube-system/agent · platform team, SEC-42: reads the node's logs
  standard input:7
  without it: error · spec.template.spec.volumes[0].hostPath: volume 'logs' is a folder of the node
  without it: error · spec.template.spec.volumes[1].hostPath: volume 'run' is a folder of the node

without an end · pod-host-pid · DaemonSet kube-system/agent · platform team: sees processes
  standard input:8
  without it: error · spec.template.spec.hostPID: the pod sees and can signal the processes of its node

4 waivers: 3 in force, 1 expired, 1 that allows nothing that is asked here
`);
  });

  test('as JSON is as its schema says', () => {
    const report = JSON.parse(said('--format', 'json').stdout);
    expect(faultsBy('waivers', report)).toEqual([]);
    expect(report.summary).toEqual({ waivers: 4, inForce: 3, expired: 1, idle: 1 });
    expect(report.waivers[2]).toMatchObject({
      rule: 'pod-host-path', reason: "reads the node's logs", owner: 'platform team', container: null, until: '2099-06-30', ticket: 'SEC-42', expired: false,
      field: 'metadata.annotations[cdk8s-hardened/waive.pod-host-path]', source: { file: '-', line: 7, construct: null },
      allows: [{ rule: 'pod-host-path', severity: 'error', container: null }, { rule: 'pod-host-path' }],
    });
    expect(faultsBy('waivers', JSON.parse(call(['check', '-', '--waivers', '--format', 'json'], { stdin: 'a: [' }).stdout))).toEqual([]);
  });

  test('as Markdown is a table, with what would fail folded under it', () => {
    const { stdout } = said('--format', 'markdown');
    expect(stdout).toContain('### cdk8s-hardened: 4 waivers: 3 in force, 1 expired, 1 that allows nothing that is asked here\n');
    expect(stdout).toContain("| 2099-06-30 | `pod-host-path` | `DaemonSet kube-system/agent` | platform team | reads the node's logs (SEC-42) | `standard input:7` |\n");
    expect(stdout).toMatch(/<details><summary>What would fail without them<\/summary>\n\n\| Rule \| For \| What it allows \|\n[^]*<\/details>\n$/);
  });

  test('ends with the status of the findings, as without it', () => {
    expect([said().status, said('--fail-on', 'never').status]).toEqual([1, 0]);
    expect(call(['check', '-', '--waivers'], { stdin: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' })).toEqual({ status: 0, stdout: 'no waivers\n', stderr: '' });
  });

  test('is written in no format that is made for findings', () => {
    for (const format of ['sarif', 'junit', 'html']) {
      expect(said('--format', format)).toEqual({
        status: 2, stdout: '', stderr: `cdk8s-hardened check: --waivers is not written as ${format} [option-invalid]. Write --format text|json|markdown.\n`,
      });
    }
  });

  test('does nothing that a reason or an owner would have it do', () => {
    const evil = '\u001b[31m<script>|`@acme/x` \u202e';
    const annotations = { 'cdk8s-hardened/waive.pod-host-pid': JSON.stringify({ reason: evil, owner: evil }) };
    const spec = { hostPID: true, containers: [{ name: 'a', image: 'b' }] };
    const stdin = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: evil, annotations }, spec });
    for (const format of ['text', 'json', 'markdown']) {
      const { stdout } = call(['check', '-', '--waivers', '--format', format, '--pack', 'pss-baseline'], { stdin });
      // eslint-disable-next-line no-control-regex
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
      if (format === 'markdown') expect(stdout.split('\n').find(line => line.startsWith('| without'))!.split(' | ')).toHaveLength(6);
    }
  });
});
