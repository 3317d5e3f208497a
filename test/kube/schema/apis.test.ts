import { apiFault } from '../../../src/kube/schema/apis';

function line(apiVersion: string, kind: string, minor: number): string | undefined {
  const fault = apiFault(apiVersion, kind, minor);
  return fault && `${fault.kind} ${fault.field}: ${fault.what}. ${fault.advice}`;
}

const SAME_KIND = 'and look up what its fields are called there.';

test.each([
  ['extensions/v1beta1', 'Deployment', 37, `was removed in Kubernetes 1.16. Write apps/v1, ${SAME_KIND}`],
  ['extensions/v1beta1', 'Ingress', 37, `was removed in Kubernetes 1.22. Write networking.k8s.io/v1, ${SAME_KIND}`],
  ['networking.k8s.io/v1beta1', 'Ingress', 37, `was removed in Kubernetes 1.22. Write networking.k8s.io/v1, ${SAME_KIND}`],
  ['policy/v1beta1', 'PodSecurityPolicy', 37, 'was removed in Kubernetes 1.25. Nothing replaces it: remove the object.'],
  ['policy/v1beta1', 'PodDisruptionBudget', 37, `was removed in Kubernetes 1.25. Write policy/v1, ${SAME_KIND}`],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 27, `was removed in Kubernetes 1.26. Write autoscaling/v2, ${SAME_KIND}`],
  ['batch/v1beta1', 'CronJob', 37, `was removed in Kubernetes 1.25. Write batch/v1, ${SAME_KIND}`],
  ['discovery.k8s.io/v1beta1', 'EndpointSlice', 37, `was removed in Kubernetes 1.25. Write discovery.k8s.io/v1, ${SAME_KIND}`],
  ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', 27, `was removed in Kubernetes 1.27. Write storage.k8s.io/v1, ${SAME_KIND}`],
  ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 37, `was removed in Kubernetes 1.22. Write apiextensions.k8s.io/v1, ${SAME_KIND}`],
  ['apiregistration.k8s.io/v1beta1', 'APIService', 37, `was removed in Kubernetes 1.22. Write apiregistration.k8s.io/v1, ${SAME_KIND}`],
  ['flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', 29, `was removed in Kubernetes 1.29. Write flowcontrol.apiserver.k8s.io/v1, ${SAME_KIND}`],
  ['admissionregistration.k8s.io/v1beta1', 'ValidatingAdmissionPolicy', 34, `was removed in Kubernetes 1.34. Write admissionregistration.k8s.io/v1, ${SAME_KIND}`],
  ['resource.k8s.io/v1alpha2', 'ResourceClaim', 31, `was removed in Kubernetes 1.31. Write resource.k8s.io/v1alpha3, ${SAME_KIND}`],
  ['networking.k8s.io/v1alpha1', 'ClusterCIDR', 29, 'was removed in Kubernetes 1.29. Nothing replaces it: remove the object.'],
])('%s %s is removed at 1.%i', (apiVersion, kind, minor, rest) => {
  expect(line(apiVersion, kind, minor)).toBe(`api-removed apiVersion: ${apiVersion} ${kind} ${rest}`);
});

test.each([
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 31, `1.29, and is to be removed in 1.32. Write flowcontrol.apiserver.k8s.io/v1, ${SAME_KIND}`],
  ['flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', 27, `1.26, and is to be removed in 1.29. Write flowcontrol.apiserver.k8s.io/v1beta3, ${SAME_KIND}`],
  ['admissionregistration.k8s.io/v1beta1', 'ValidatingAdmissionPolicy', 33, `1.31, and is to be removed in 1.34. Write admissionregistration.k8s.io/v1, ${SAME_KIND}`],
  ['v1', 'Endpoints', 33, '1.33. Write discovery.k8s.io/v1 EndpointSlice.'],
  ['v1', 'ComponentStatus', 37, '1.19. Nothing replaces it: remove the object.'],
])('%s %s is deprecated at 1.%i', (apiVersion, kind, minor, rest) => {
  expect(line(apiVersion, kind, minor)).toBe(`api-deprecated apiVersion: ${apiVersion} ${kind} is deprecated since Kubernetes ${rest}`);
});

test.each([
  ['apps/v1', 'Deploymnet', "kind: 'Deploymnet' is no kind of apps/v1. Did you mean 'Deployment'?"],
  ['apps/v1', 'deployment', "kind: 'deployment' is no kind of apps/v1. Did you mean 'Deployment'?"],
  ['apps/v1', 'Servise', "kind: 'Servise' is no kind of apps/v1. Did you mean 'Service' of v1?"],
  ['apps/v1', 'Service', 'apiVersion: there is no apps/v1 Service in Kubernetes 1.37. Write v1.'],
  ['v1', 'Deployment', 'apiVersion: there is no v1 Deployment in Kubernetes 1.37. Write apps/v1.'],
  ['app/v1', 'Deployment', 'apiVersion: there is no app/v1 Deployment in Kubernetes 1.37. Write apps/v1.'],
  ['apps', 'Deployment', 'apiVersion: there is no apps Deployment in Kubernetes 1.37. Write apps/v1.'],
  ['batch/v2alpha1', 'CronJob', 'apiVersion: there is no batch/v2alpha1 CronJob in Kubernetes 1.37. Write batch/v1.'],
  ['networking.k8s.io/v2', 'Ingress', 'apiVersion: there is no networking.k8s.io/v2 Ingress in Kubernetes 1.37. Write networking.k8s.io/v1.'],
  ['acme/v1', 'Widget', 'apiVersion: there is no acme/v1 Widget in Kubernetes 1.37. Custom resources have a group with a dot, such as example.org/v1.'],
  ['policy/v1', 'Widget', "kind: 'Widget' is no kind of policy/v1. Known are: Eviction, PodDisruptionBudget."],
])('%s %s is unknown', (apiVersion, kind, rest) => {
  expect(line(apiVersion, kind, 37)).toBe(`api-unknown ${rest}`);
});

test('an API version is unknown before the version that brought it', () => {
  expect(line('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', 28)).toBe(
    `api-unknown apiVersion: flowcontrol.apiserver.k8s.io/v1 FlowSchema came with Kubernetes 1.29, and this is 1.28. Write flowcontrol.apiserver.k8s.io/v1beta3, ${SAME_KIND}`);
});

test.each([['example.org/v1', 'Deployment'], ['snapshot.storage.k8s.io/v1', 'VolumeSnapshot'], ['metrics.k8s.io/v1beta1', 'PodMetrics']])('%s %s is nobody\'s business', (apiVersion, kind) => {
  expect(line(apiVersion, kind, 37)).toBeUndefined();
});
