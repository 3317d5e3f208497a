import { podPart } from '../../src/kube/kinds';
import { Manifest } from '../../src/kube/pod-spec';

const workload = (apiVersion: string): Manifest => ({ apiVersion, kind: 'Deployment', metadata: {}, spec: { template: { spec: { containers: [] } } } });

describe('a pod is found', () => {
  test.each(['apps/v1', 'apps/v1beta1', 'extensions/v1beta1', 'v1'])('in a Deployment of %s', apiVersion => {
    expect(podPart(workload(apiVersion))?.field).toBe('spec.template.spec');
  });

  test.each(['apps.kruise.io/v1alpha1', 'example.org/v1'])('not in a custom resource of the same kind, whose meaning is its own: %s', apiVersion => {
    expect(podPart(workload(apiVersion))).toBeUndefined();
  });
});
