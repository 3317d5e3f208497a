import { JsonObject, isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { RuleHead, Violation } from '../rule';

/** Annotations by which clouds keep a load balancer inside of their networks, with the value that says so. */
const INTERNAL: { readonly [annotation: string]: string } = {
  'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
  'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
  'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
  'networking.gke.io/load-balancer-type': 'internal',
  'cloud.google.com/load-balancer-type': 'internal',
  'service.beta.kubernetes.io/oci-load-balancer-internal': 'true',
  'service.beta.kubernetes.io/openstack-internal-load-balancer': 'true',
};
const EVERYBODY = /^(?:0\.0\.0\.0|::)\/0$/;

function serviceRule(head: RuleHead, breach: (spec: JsonObject, annotations: JsonObject) => Violation | undefined): ManifestRule {
  return {
    ...head,
    kinds: ['Service'],
    check: ({ manifest: { apiVersion, spec, metadata } }) => {
      if (apiVersion !== 'v1' || !isObject(spec)) return [];
      const annotations = isObject(metadata) && isObject(metadata.annotations) ? metadata.annotations : {};
      const found = breach(spec, annotations);
      return found ? [found] : [];
    },
  };
}

/**
 * A node port is open on every address of every node, whatever stands before the cluster.
 *
 * Fields: spec.type of a Service
 * Wanted: not NodePort
 */
export const serviceNodePort = serviceRule({
  id: 'service-node-port',
  title: 'No Service on the ports of nodes',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'exposed-services', kubeScore: 'service-type', kubescape: 'C-0256', kyverno: 'best-practices/restrict-node-port' },
  advice: 'Use the type ClusterIP, and an Ingress for those outside.',
}, ({ type }) => type === 'NodePort' ? { field: 'spec.type', what: 'the Service is open on every node' } : undefined);

/**
 * A load balancer answers the whole internet unless it is told whom to answer.
 *
 * Fields: spec.loadBalancerSourceRanges of a Service of the type LoadBalancer
 * Wanted: ranges, none of them everything; or an annotation that keeps the load balancer inside
 */
export const serviceLoadBalancer = serviceRule({
  id: 'service-load-balancer',
  title: 'Load balancers answer those who are named',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'exposed-services', kubescape: 'C-0256', kyverno: 'other/restrict-loadbalancer' },
  advice: 'Name the ranges of addresses in loadBalancerSourceRanges, or use the type ClusterIP and an Ingress.',
}, ({ type, loadBalancerSourceRanges: ranges }, annotations) => {
  if (type !== 'LoadBalancer') return undefined;
  const isInside = Object.keys(annotations).some(key => Object.hasOwn(INTERNAL, key) && String(annotations[key]).toLowerCase() === INTERNAL[key]);
  if (isInside) return undefined;
  if (!Array.isArray(ranges) || !ranges.length) return { field: 'spec.loadBalancerSourceRanges', what: 'the load balancer answers everybody' };
  const open = ranges.findIndex(range => EVERYBODY.test(String(range).trim()));
  return open < 0 ? undefined : { field: `spec.loadBalancerSourceRanges[${open}]`, what: 'the load balancer answers everybody' };
});

/**
 * Nodes take what is sent to an external address for this Service, whoever the address belongs to: CVE-2020-8554.
 *
 * Fields: spec.externalIPs of a Service
 * Wanted: undefined, or none
 */
export const serviceExternalIps = serviceRule({
  id: 'service-external-ips',
  title: 'No Service takes the addresses of others',
  severity: Severity.ERROR,
  controls: { trivy: 'KSV-0108', kyverno: 'best-practices/restrict-service-external-ips' },
  advice: 'Leave externalIPs out, and use the type LoadBalancer, whose address is assigned.',
}, ({ externalIPs: addresses }) => Array.isArray(addresses) && addresses.length
  ? { field: 'spec.externalIPs', what: `what is sent to ${addresses.map(String).slice(0, 3).join(', ')} is taken for the Service` } : undefined);

/**
 * The server of Helm 2 listened for everybody in the cluster.
 *
 * Fields: metadata.name, spec.selector of a Service
 * Wanted: not that of Tiller
 */
export const serviceTiller: ManifestRule = {
  id: 'service-tiller',
  title: 'No Service of Tiller',
  severity: Severity.WARNING,
  kinds: ['Service'],
  controls: { checkov: 'CKV_K8S_44', trivy: 'KSV-0102', kyverno: 'best-practices/disallow-helm-tiller' },
  advice: 'Remove it, and use Helm 3, which has no server.',
  readsNames: true,
  check: ({ manifest: { apiVersion, metadata, spec } }) => {
    const selector = isObject(spec) && isObject(spec.selector) ? spec.selector : {};
    if (apiVersion !== 'v1' || !isObject(metadata)) return [];
    if (metadata.name === 'tiller-deploy') return [{ field: 'metadata.name', what: 'the Service leads to Tiller, by its name' }];
    return selector.name === 'tiller' ? [{ field: 'spec.selector.name', what: 'the Service leads to Tiller' }] : [];
  },
};
