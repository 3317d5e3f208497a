import { Input } from './inputs';

/** What a scanner says of what we write, how often for which input, and why it stays. */
export interface Conflict {
  readonly scanner: string;
  readonly check: string;
  readonly counts: { readonly [input in Input]?: number };
  readonly why: string;
}

const CPU_LIMIT = 'a CPU limit throttles a container though the node is idle; there is one only where somebody asks for it (cpuLimit)';
const PULL_POLICY = 'a tag that does not move need not be pulled anew: a registry that is down must not stop a pod that could start';
const LOW_USER = 'the image was made for its own user, whose number is below 10,000: with another one its files cannot be read';
const DIGEST = 'which digest an image has, its registry says: that is for whoever deploys to write, and check asks for it';
const EQUAL = 'requests that equal limits reserve what is hardly used; the scanner itself leaves the check out unless it is asked for';
const SPREAD = 'topology spread constraints keep replicas apart by node and by zone; anti-affinity would say the same once more';
const PROBES = 'how an application shows its health is its author\'s to say: none is invented, and check asks for it';
const WINDOWS = 'the pod is for Windows, where the API server refuses the fields of Linux';
const NEWER = 'the app is written for Kubernetes 1.33 by its own word, and uses fields that 1.27 does not have';

export const CONFLICTS: readonly Conflict[] = [
  { scanner: 'Checkov', check: 'CKV_K8S_11', counts: { production: 3, microservices: 12, everything: 7 }, why: CPU_LIMIT },
  { scanner: 'Checkov', check: 'CKV_K8S_15', counts: { production: 3, microservices: 12, everything: 7 }, why: PULL_POLICY },
  { scanner: 'Checkov', check: 'CKV_K8S_40', counts: { production: 3, microservices: 12, everything: 2 }, why: LOW_USER },
  { scanner: 'Checkov', check: 'CKV_K8S_43', counts: { production: 3, microservices: 12, everything: 7 }, why: DIGEST },
  { scanner: 'Checkov', check: 'CKV_K8S_8', counts: { microservices: 1, everything: 5 }, why: PROBES },
  { scanner: 'Checkov', check: 'CKV_K8S_9', counts: { microservices: 1, everything: 5 }, why: PROBES },
  { scanner: 'Checkov', check: 'CKV_K8S_20', counts: { everything: 1 }, why: WINDOWS },
  { scanner: 'Checkov', check: 'CKV_K8S_22', counts: { everything: 1 }, why: WINDOWS },
  { scanner: 'Checkov', check: 'CKV_K8S_28', counts: { everything: 1 }, why: WINDOWS },
  { scanner: 'Checkov', check: 'CKV_K8S_31', counts: { everything: 1 }, why: WINDOWS },
  { scanner: 'Checkov', check: 'CKV_K8S_37', counts: { everything: 1 }, why: WINDOWS },
  { scanner: 'kube-score', check: 'container-resources', counts: { production: 3, microservices: 12, everything: 7 }, why: CPU_LIMIT },
  { scanner: 'kube-score', check: 'container-image-pull-policy', counts: { production: 3, microservices: 12, everything: 7 }, why: PULL_POLICY },
  { scanner: 'kube-score', check: 'container-security-context-user-group-id', counts: { production: 3, microservices: 12, everything: 4 }, why: LOW_USER },
  { scanner: 'kube-score', check: 'container-cpu-requests-equal-limits', counts: { production: 3, microservices: 12, everything: 7 }, why: EQUAL },
  { scanner: 'kube-score', check: 'container-memory-requests-equal-limits', counts: { production: 3, microservices: 12, everything: 7 }, why: EQUAL },
  { scanner: 'kube-score', check: 'container-resource-requests-equal-limits', counts: { production: 3, microservices: 12, everything: 7 }, why: EQUAL },
  { scanner: 'kube-score', check: 'container-ephemeral-storage-request-equals-limit', counts: { production: 3, microservices: 12, everything: 7 }, why: EQUAL },
  { scanner: 'kube-score', check: 'deployment-has-host-podantiaffinity', counts: { production: 1, microservices: 10, everything: 1 }, why: SPREAD },
  { scanner: 'kube-score', check: 'statefulset-has-host-podantiaffinity', counts: { everything: 1 }, why: SPREAD },
  {
    scanner: 'kube-score', check: 'deployment-replicas', counts: { production: 1, microservices: 1 },
    why: 'nosqlclient and the cart keep their state in themselves: a second replica would have a state of its own',
  },
  {
    scanner: 'kube-score', check: 'networkpolicy-targets-pod', counts: { production: 1 },
    why: 'Traefik and its pods are others\' and not in the file: the policy lets them in by the labels that its chart gives them',
  },
  {
    scanner: 'kube-score', check: 'pod-probes-identical', counts: { microservices: 2 },
    why: 'the service answers one health request only, over gRPC, which upstream uses for both',
  },
  { scanner: 'kube-score', check: 'pod-probes', counts: { everything: 1 }, why: PROBES },
  { scanner: 'kube-score', check: 'container-seccomp-profile', counts: { everything: 1 }, why: WINDOWS },
  { scanner: 'kube-score', check: 'container-security-context-readonlyrootfilesystem', counts: { everything: 1 }, why: WINDOWS },
  {
    scanner: 'kube-score', check: 'horizontalpodautoscaler-replicas', counts: { everything: 1 },
    why: 'an autoscaler that starts at one replica is what the app asks for; it has a budget for when it scales',
  },
  { scanner: 'Monokle', check: 'KBP104', counts: { production: 3, microservices: 12, everything: 3 }, why: LOW_USER },
  { scanner: 'Monokle', check: 'KBP105', counts: { production: 3, microservices: 12, everything: 4 }, why: LOW_USER },
  { scanner: 'Monokle', check: 'KBP102', counts: { everything: 1 }, why: WINDOWS },
  { scanner: 'Monokle', check: 'KBP103', counts: { everything: 1 }, why: WINDOWS },
  { scanner: 'kubeconform 1.27', check: 'Deployment invalid', counts: { everything: 1 }, why: NEWER },
];
