/** Provokes faults and prints their messages: what a program in another language must get to read, word for word. */
import { App, Chart, Testing } from 'cdk8s';
import { Capability } from 'cdk8s-plus-27';
import { HardenedDeployment, SecurityDefaults } from 'cdk8s-hardened';

function message(provoke: () => void): string {
  try {
    provoke();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing went wrong');
}

const chart = new Chart(new App(), 'shop');
const wrongInput = message(() => SecurityDefaults.of(chart).set({ today: '2026-02-30' }));
new HardenedDeployment(chart, 'web', {
  containers: [{ image: 'nginx:1.28.0', securityContext: { privileged: true, allowPrivilegeEscalation: true, capabilities: { add: [Capability.SYS_ADMIN] } } }],
});
const refusal = message(() => App.of(chart).synthYaml());
const data = new Chart(new App(), 'data');
new HardenedDeployment(data, 'db', { containers: [{ image: 'postgres:17', portNumber: 5432 }] });
const missingInput = message(() => Testing.synth(data));

process.stdout.write(JSON.stringify({ wrongInput, refusal, missingInput }, null, 2));
