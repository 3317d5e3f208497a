import { LabelSelector } from '../../src/kube/selectors';
import { networkPolicySpec } from '../../src/network/dialects/network-policy';
import { policyData } from '../../src/network/policy-data';

const PODS = { matchLabels: { app: 'web' } };

describe('the dialect of NetworkPolicy', () => {
  test('selects namespaces by labels or expressions where a peer does', () => {
    const namespace: LabelSelector = { matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }] };
    const data = policyData({ pods: PODS }, 'ingress', [{ peer: { type: 'pods', namespace, podSelector: PODS } }]);
    expect(networkPolicySpec(data)).toEqual({ podSelector: PODS, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: namespace, podSelector: PODS }] }] });
    expect(data.rules[0].why).toBe('from pods app=web in namespaces team In (a, b) on every port');
  });

  test('merges what is said of one peer: ports and reasons; every port swallows the others', () => {
    const peer = { type: 'anyone' } as const;
    const flow = (port: number, why?: string) => ({ peer: { ...peer }, ports: [{ protocol: 'TCP', port }], why });
    const merged = (...flows: Parameters<typeof policyData>[2]) => policyData({ pods: PODS }, 'ingress', flows).rules.map(({ ports, why }) => ({ ports: ports?.map(p => p.port), why }));
    expect(merged(flow(443, 'b'), flow(80, 'a'), flow(80))).toEqual([{ ports: [80, 443], why: 'from anyone on TCP 80, TCP 443: a; b' }]);
    expect(merged(flow(443), { peer })).toEqual([{ ports: undefined, why: 'from anyone on every port' }]);
  });

  test.each<[string, () => unknown]>([
    ['of the policy', () => networkPolicySpec({ subject: { pods: { matchLabels: {} } }, direction: 'egress', rules: [] })],
    ['of the pods of a peer', () => networkPolicySpec({ subject: { pods: PODS }, direction: 'egress', rules: [{ peer: { type: 'pods', podSelector: {} }, why: '' }] })],
    ['of the namespaces of a peer', () => networkPolicySpec({ subject: { pods: PODS }, direction: 'egress', rules: [{ peer: { type: 'pods', namespace: {}, podSelector: PODS }, why: '' }] })],
  ])('never writes an empty selector by accident: %s', (_, write) => {
    expect(write).toThrow('an empty selector would select everything');
  });
});
