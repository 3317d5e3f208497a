import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ClusterProfile } from '../../src/posture/cluster-profile';
import { NetworkPlugin } from '../../src/posture/network-plugin';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { EXAMPLES, FOLDER, written } from './written';

const READY: { [name: string]: ClusterProfile } = {
  'kubeadm': ClusterProfile.kubeadm(),
  'kind': ClusterProfile.kind(),
  'k3s': ClusterProfile.k3s(),
  'GKE Dataplane V1': ClusterProfile.gkeDataplaneV1(),
  'GKE Dataplane V2 with NodeLocal DNSCache': ClusterProfile.gkeDataplaneV2({ nodeLocalDns: true }),
  'EKS with NodeLocal DNSCache': ClusterProfile.eks({ nodeLocalDns: true, serviceCidrs: ['172.20.0.0/16'] }),
  'AKS': ClusterProfile.aks(),
  'OpenShift': ClusterProfile.openShift(),
};

const WHY = 'cdk8s-hardened/why';

/** The objects of some YAML by what they are. */
function objects(yaml: string): Map<string, any> {
  const all = parseAllDocuments(yaml).map(document => document.toJS());
  return new Map(all.map(object => [`${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object]));
}

/** What the rules of an object say in one of two versions alone. */
function difference(before: any, after: any): string[] {
  const [old, now] = [before, after].map(object => String(object?.metadata.annotations?.[WHY] ?? '').split('\n'));
  return [...old.filter(line => !now.includes(line)).map(line => `- ${line}`), ...now.filter(line => !old.includes(line)).map(line => `+ ${line}`)];
}

describe.each(EXAMPLES)('the example %s', example => {
  const expected = objects(readFileSync(join(FOLDER, example, 'expected.yaml'), 'utf8'));
  const inCluster = (cluster: ClusterProfile) => objects(written(example, app => SecurityDefaults.of(app).set({ cluster })));

  test.each(Object.entries(READY))('is written for %s, and differs in policies alone', (_, cluster) => {
    const found = inCluster(cluster);
    const all = [...new Set([...expected.keys(), ...found.keys()])].sort();
    const changed = all.filter(key => JSON.stringify(expected.get(key)) !== JSON.stringify(found.get(key)));
    expect(changed.filter(key => !key.startsWith('NetworkPolicy '))).toEqual([]);
    const differences = Object.fromEntries(changed.map(key => [key, difference(expected.get(key), found.get(key))]));
    // Whatever a policy opens it also says.
    expect(Object.entries(differences).filter(([, lines]) => !lines.length)).toEqual([]);
    expect(differences).toMatchSnapshot();
  });

  test('is refused for Flannel, with the reason', () => {
    expect(() => inCluster(ClusterProfile.kubeadm({ networkPlugin: NetworkPlugin.FLANNEL }))).toThrow('kubeadm, with flannel, enforces no network policies [network-unenforced]');
  });
});
