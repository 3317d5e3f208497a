import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';
import { Controls } from '../rule';

/** The last part of an image's name, without its tag. */
function programOf(image: string | undefined): string {
  return (image ?? '').replace(/@.*$/, '').replace(/^.*\//, '').replace(/:.*$/, '');
}

function softwareRule(
  id: string, title: string, program: RegExp, labels: { readonly [key: string]: string }, what: string, advice: string, controls: Controls,
): PodRule {
  return {
    id,
    title,
    severity: Severity.WARNING,
    controls,
    advice,
    readsNames: true,
    versions: [{
      since: 0,
      check: pod => {
        const named = eachContainer(pod, ({ container, field }) => program.test(programOf(container.image))
          ? { field: `${field}.image`, what: `container '${container.name}' is ${what}`, container: container.name } : undefined);
        if (named.length) return named;
        const key = Object.keys(labels).find(label => pod.meta.labels?.[label] === labels[label]);
        return key === undefined ? [] : [{ field: `metadata.labels[${key}]`, what: `the pod is ${what}, by its labels` }];
      },
    }],
  };
}

/**
 * Tiller, the server of Helm 2, did whatever anybody in the cluster asked of it; it ended in 2020.
 *
 * Fields: spec.{containers,initContainers}[*].image, metadata.labels
 * Wanted: no tiller
 */
export const podTiller = softwareRule(
  'pod-tiller', 'No Tiller', /^tiller$/, { name: 'tiller' }, 'Tiller, which does whatever anybody in the cluster asks of it', 'Remove it, and use Helm 3, which has no server.',
  { checkov: ['CKV_K8S_34', 'CKV_K8S_45'], trivy: 'KSV-0102', kyverno: 'best-practices/disallow-helm-tiller' },
);

/**
 * The dashboard acts with the rights of its own account or of whoever is logged in, for whoever reaches it.
 *
 * Fields: spec.{containers,initContainers}[*].image, metadata.labels
 * Wanted: no kubernetes-dashboard
 */
export const podDashboard = softwareRule(
  'pod-dashboard', 'No Kubernetes dashboard', /^(?:kubernetes-)?dashboard(?:-(?:web|api|auth|amd64|arm64))?$/, { 'app': 'kubernetes-dashboard', 'k8s-app': 'kubernetes-dashboard' },
  'the Kubernetes dashboard, which acts for whoever reaches it', 'Remove it, and use a client that acts with the rights of whoever uses it.',
  { checkov: 'CKV_K8S_33', kubescape: 'C-0014' },
);
