import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment } from 'cdk8s-hardened';

/** How many workloads a file has: that of a team. */
const IN_A_FILE = 50;

/** How many objects stand for a workload. */
export const OBJECTS = 5;
/** What makes 1,000 workloads 6.8 MB in either style: the files of teams have settings. */
const SETTINGS = { variables: 5, keys: 62 };

/** `hardened` has little to find; in `plain`, nothing is as it should be. */
export type Style = 'hardened' | 'plain';

/** Writes files with so many workloads of five objects each, a namespace for each file or one for all; tells how many bytes. */
export function writeManifests(folder: string, style: Style, workloads: number, inOne = false): number {
  mkdirSync(folder, { recursive: true });
  const one = example(style);
  let bytes = 0;
  for (let team = 0; team * IN_A_FILE < workloads; team++) {
    const count = Math.min(IN_A_FILE, workloads - team * IN_A_FILE);
    const named = (i: number) => one.replaceAll('web-0', `web-${inOne ? team * IN_A_FILE + i : i}`).replaceAll('team-0', inOne ? 'team' : `team-${team}`);
    const text = Array.from({ length: count }, (_, i) => named(i)).join('---\n');
    bytes += text.length;
    writeFileSync(join(folder, `team-${team}.yaml`), text);
  }
  return bytes;
}

const WEAK = { ensureNonRoot: false, readOnlyRootFilesystem: false, privileged: true, allowPrivilegeEscalation: true, user: 0 };

/** Five objects: the workload, its account, its service, its budget or settings, and who may call it. */
function example(style: Style): string {
  const chart = new Chart(new App(), 'team-0', { namespace: 'team-0', disableResourceNameHashes: true });
  const names = Array.from({ length: SETTINGS.variables }, (_, i) => `SETTING_${i}`);
  const envVariables = Object.fromEntries(names.map(name => [name, kplus.EnvValue.fromValue(`the value of ${name}`)]));
  const container = (name: string, image: string, number: number) => ({
    name, image, ports: [{ number, name }], envVariables,
    liveness: kplus.Probe.fromHttpGet('/healthz', { port: number, failureThreshold: 6 }),
    readiness: kplus.Probe.fromHttpGet('/ready', { port: number }),
  });
  const props = {
    containers: [
      container('web', 'nginx:1.28', 8080), container('proxy', 'envoyproxy/envoy:v1.35.0', 8081), container('metrics', 'nginx/nginx-prometheus-exporter:1.4', 9113),
    ],
  };
  if (style === 'hardened') {
    const web = new HardenedDeployment(chart, 'web-0', { ...props, memoryLimit: '128Mi' });
    web.exposeViaService();
    web.acceptFrom(new HardenedDeployment(chart, 'api', props), { ports: [8080] });
  } else {
    const labels = { app: 'web-0' };
    const meta = { name: 'web-0', namespace: 'team-0' };
    const web = new kplus.Deployment(chart, 'web-0', { metadata: { labels }, containers: props.containers.map(one => ({ ...one, securityContext: WEAK })) });
    web.exposeViaService();
    new kplus.ServiceAccount(chart, 'web-0-account', { metadata: meta });
    new kplus.ConfigMap(chart, 'web-0-settings', { data: Object.fromEntries(Array.from({ length: SETTINGS.keys }, (_, i) => [`KEY_${i}`, `value ${i}`])) });
    new kplus.NetworkPolicy(chart, 'web-0-policy', { selector: web, ingress: { rules: [{ peer: web, ports: [kplus.NetworkPolicyPort.tcp(8080)] }] } });
  }
  const objects = Testing.synth(chart).filter(({ metadata }: { metadata: { name: string } }) => metadata.name.includes('web-0'));
  return objects.map((object: object) => Yaml.stringify(object)).join('---\n');
}
