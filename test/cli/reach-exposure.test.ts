import { faultsBy } from '../report/schemas';
import { call } from './called';

const CLUSTER = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, targetPort: 8080}, {port: 81, targetPort: 9090}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: postgres}]}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress, Egress]
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}, {namespaceSelector: {matchLabels: {team: ops}}, podSelector: {matchExpressions: [{key: tier, operator: In, values: [a, b]}]}}]
    ports: [{port: 5432}]
  egress:
  - to: [{namespaceSelector: {}}]
    ports: [{port: metrics}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress]
  ingress: [{ports: [{port: 8080}]}]
  egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432, endPort: 5440}]}, {to: [{ipBlock: {cidr: 8.8.8.0/24}}], ports: [{port: 443}]}]
`;
const exposure = (...options: string[]) => call(['reach', '-', '--exposure', ...options], { stdin: CLUSTER });

describe('reach --exposure', () => {
  test('says which pods could come and reach a workload, or be reached by it, and what leads to it from outside', () => {
    expect(exposure()).toEqual({
      status: 0,
      stderr: '',
      stdout: `shop/db[StatefulSet]
  exposed by nothing that leads into the cluster
  reached by pods with app=web in namespace shop, if it comes : TCP 5432
  reached by pods with tier in (a, b) in namespaces with team=ops, if it comes : TCP 5432
  reaches any pod in any namespace, if it comes : TCP port named metrics
shop/web[Deployment]
  exposed by LoadBalancer shop/web : TCP 8080
  reaches the internet : TCP 443
  reached by any pod in any namespace, if it comes : TCP 8080
  reaches pods with app=db in namespace shop, if it comes : TCP 5432
  reaches any pod in any namespace with an address in 8.8.8.0-8.8.8.255, if it comes : TCP 443 (depends: an ipBlock covers the address of a pod: whether it counts for pods is up to the network plugin)
`,
    });
  });

  test('writes JSON by its schema, of those who are asked about', () => {
    const answer = JSON.parse(exposure('--format', 'json', '--to', 'shop/db').stdout);
    expect(faultsBy('exposure', answer)).toEqual([]);
    expect(answer.exposures.map(({ workload }: { workload: string }) => workload)).toEqual(['shop/db[StatefulSet]']);
    expect(answer.exposures[0].reaches).toEqual([
      { namespace: null, namespaceSelector: '', podSelector: '', addresses: null, verdict: 'allowed', all: false, allowed: [], portNames: ['TCP/metrics'] },
    ]);
  });

  test.each([
    [['--format', 'csv'], '--exposure has no CSV'],
    [['--from', 'shop/web'], '--exposure takes no --from'],
    [['--to', '8.8.8.8'], "--to '8.8.8.8' is no workload"],
  ])('refuses %j in one line', (options, message) => {
    const { status, stdout, stderr } = exposure(...options);
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2]);
    expect(stderr).toContain(message);
  });
});
