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
const NEWER = 'the apps are written for Kubernetes 1.33 and 1.35 by their own word, and use fields that 1.27 does not have';
const WAIVED = 'weakened on purpose, with a waiver in an annotation, which scanners do not read: they are right about what it costs';
const EMPTY = 'a namespace is closed before anything is in it; and scrapers are others\' pods, which are not in the file';

/** What stands of a scanner about one input, for one reason. */
function about(input: Input, scanner: string, counts: { readonly [check: string]: number }, why: string): Conflict[] {
  return Object.entries(counts).map(([check, count]) => ({ scanner, check, counts: { [input]: count }, why }));
}

/** What it has against the app that says everything, and against what was weakened in it. */
const TORTURE: readonly Conflict[] = [
  ...about('torture', 'Checkov', { CKV_K8S_15: 18 }, PULL_POLICY),
  ...about('torture', 'Checkov', { CKV_K8S_43: 18 }, DIGEST),
  ...about('torture', 'Checkov', { CKV_K8S_8: 13, CKV_K8S_9: 13 }, PROBES),
  ...about('torture', 'Checkov', { CKV_K8S_20: 6, CKV_K8S_22: 6, CKV_K8S_28: 6, CKV_K8S_31: 6, CKV_K8S_37: 6, CKV_K8S_40: 6 }, WINDOWS),
  ...about('torture', 'kube-score', { 'container-image-pull-policy': 18 }, PULL_POLICY),
  ...about('torture', 'kube-score', {
    'container-cpu-requests-equal-limits': 18, 'container-memory-requests-equal-limits': 18,
    'container-resource-requests-equal-limits': 18, 'container-ephemeral-storage-request-equals-limit': 18,
  }, EQUAL),
  ...about('torture', 'kube-score', { 'container-seccomp-profile': 6, 'container-security-context-readonlyrootfilesystem': 6 }, WINDOWS),
  ...about('torture', 'kube-score', { 'container-security-context-user-group-id': 10 }, `6: ${WINDOWS}. 4: ${LOW_USER}`),
  ...about('torture', 'kube-score', { 'deployment-has-host-podantiaffinity': 5 }, SPREAD),
  ...about('torture', 'kube-score', { 'pod-probes': 2 }, PROBES),
  ...about('torture', 'kube-score', { 'networkpolicy-targets-pod': 5 }, EMPTY),
  ...about('torture', 'kubeconform 1.27', {
    'CronJob invalid': 2, 'DaemonSet invalid': 2, 'Deployment invalid': 5, 'Job invalid': 1, 'Pod invalid': 1, 'StatefulSet invalid': 1,
  }, NEWER),
  ...about('torture', 'Monokle', { KBP102: 6, KBP103: 6 }, WINDOWS),
  ...about('torture', 'Monokle', { KBP104: 10, KBP105: 10 }, `6: ${WINDOWS}. 4: ${LOW_USER}`),
  ...about('torture', 'Monokle', { KBP108: 1 }, 'a rule about paths of the API server names no resources: the scanner takes that for pods/exec'),
  ...about('waived', 'Checkov', { CKV_K8S_15: 6 }, PULL_POLICY),
  ...about('waived', 'Checkov', { CKV_K8S_43: 6 }, DIGEST),
  ...about('waived', 'Checkov', { CKV_K8S_8: 4, CKV_K8S_9: 4 }, PROBES),
  ...about('waived', 'Checkov', { CKV_K8S_19: 6, CKV_K8S_22: 6, CKV_K8S_23: 6, CKV_K8S_26: 6, CKV_K8S_40: 6 }, WAIVED),
  ...about('waived', 'kube-score', { 'container-image-pull-policy': 6 }, PULL_POLICY),
  ...about('waived', 'kube-score', {
    'container-cpu-requests-equal-limits': 6, 'container-memory-requests-equal-limits': 6,
    'container-resource-requests-equal-limits': 6, 'container-ephemeral-storage-request-equals-limit': 6,
  }, EQUAL),
  ...about('waived', 'kube-score', { 'container-security-context-readonlyrootfilesystem': 6, 'container-security-context-user-group-id': 6 }, WAIVED),
  ...about('waived', 'kube-score', { 'deployment-has-host-podantiaffinity': 1 }, SPREAD),
  ...about('waived', 'kube-score', { 'pod-probes': 1 }, PROBES),
  ...about('waived', 'kubeconform 1.27', {
    'CronJob invalid': 1, 'DaemonSet invalid': 1, 'Deployment invalid': 1, 'Job invalid': 1, 'Pod invalid': 1, 'StatefulSet invalid': 1,
  }, NEWER),
  ...about('waived', 'Monokle', { KBP102: 6, KBP104: 6, PSS102: 6, PSS106: 6 }, WAIVED),
  ...about('waived', 'Pod Security', { hostNamespaces: 72, hostPorts: 72, runAsNonRoot: 72, runAsUser: 72 }, WAIVED),
];

export const CONFLICTS: readonly Conflict[] = [
  ...TORTURE,
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
