import { CHECKOV_DISAGREEMENTS } from './checkov-disagreements';
import { Disagreement } from './disagreement';
import { KYVERNO_DISAGREEMENTS } from './kyverno-disagreements';

const CUT_SHORT = 'the manifest is cut short: without containers there is no pod to judge, and schema-missing-field says so';
const UNKNOWN = 'nothing that could match is in the input: what is not there is unknown, not wrong';
const BINDING = 'they name the binding, ours the role that gives the right: what is wrong is mended there';

/** Each is the case of at least one verdict, or a test fails. */
export const DISAGREEMENTS: readonly Disagreement[] = [
  ...CHECKOV_DISAGREEMENTS,
  {
    scanner: 'kube-score', theirs: 'failed', about: /linenumbers/, right: 'both', why: CUT_SHORT,
    checks: ['container-ephemeral-storage-request-and-limit', 'container-resources', 'pod-networkpolicy'],
  },
  {
    scanner: 'kube-score', theirs: 'failed', right: 'both', why: 'there is no selector at all: schema-missing-field says so',
    checks: ['deployment-pod-selector-labels-match-template-metadata-labels'],
  },
  {
    scanner: 'kube-score', theirs: 'failed', right: 'both', checks: ['deployment-has-poddisruptionbudget', 'statefulset-has-poddisruptionbudget'],
    why: 'one replica, which is the default, has nothing that a budget could keep; or the workload is alone in its file, and its budget is unknown',
  },
  {
    scanner: 'kube-score', checks: ['container-ephemeral-storage-request-equals-limit'], theirs: 'passed', right: 'both',
    why: 'they pass what has neither; the limit itself is what pod-local-disk asks for',
  },
  {
    scanner: 'kube-score', checks: ['container-ephemeral-storage-request-equals-limit'], theirs: 'failed', right: 'both',
    why: 'that requests equal limits is a decision about cost, made workload by workload',
  },
  { scanner: 'kube-score', checks: ['container-image-tag'], theirs: 'failed', about: /two-constraints/, right: 'both', why: 'the image stands beside the list of containers: schema-missing-field says so' },
  { scanner: 'kube-score', checks: ['container-ports-check'], theirs: 'failed', about: /duplicate-names/, right: 'both', why: 'two ports of one name are no host port: the id covers both for them' },
  { scanner: 'kube-score', checks: ['container-ports-check'], theirs: 'passed', about: /ports-ok/, right: 'ours', why: 'its ports are ports of the node, which Pod Security baseline refuses' },
  { scanner: 'kube-score', checks: ['container-resources'], theirs: 'failed', about: /no-cpu-limit/, right: 'ours', why: 'no rule asks for a CPU limit: it throttles on an idle node, too' },
  { scanner: 'kube-score', checks: ['container-seccomp-profile'], theirs: 'passed', right: 'ours', why: 'the annotation that they accept is not read from 1.27 on' },
  { scanner: 'kube-score', checks: ['ingress-targets-service'], theirs: 'failed', about: /issue363/, right: 'both', why: 'it is in the words of an older version of the API: schema-unknown-field says so; the Service and its port are there' },
  { scanner: 'kube-score', checks: ['networkpolicy-targets-pod', 'service-targets-pod'], theirs: 'failed', right: 'both', why: UNKNOWN },
  { scanner: 'kube-score', checks: ['pod-probes'], theirs: 'passed', about: /different-containers/, right: 'ours', why: 'they count probes over the pod; each container hangs by itself' },
  { scanner: 'kube-score', checks: ['pod-probes-identical'], theirs: 'failed', about: /nested-ignores/, right: 'ours', why: 'the same request in both is as Kubernetes advises where the liveness probe waits longer' },
  { scanner: 'kube-score', checks: ['pod-topology-spread-constraints'], theirs: 'failed', right: 'both', why: 'constraints that are not well formed: the schema of the API speaks of them' },
  { scanner: 'kube-score', checks: ['pod-topology-spread-constraints'], theirs: 'passed', right: 'ours', why: 'they look at constraints that are there alone; several pods without any may lie on one node' },
  { scanner: 'kube-score', checks: ['poddisruptionbudget-has-policy'], theirs: 'passed', right: 'ours', why: 'they ask for a number alone; this one keeps as many pods as there are, and no node can be drained' },
  { scanner: 'kube-linter', checks: ['access-to-secrets'], theirs: 'failed', about: /^RoleBinding/, right: 'both', why: BINDING },
  { scanner: 'kube-linter', checks: ['access-to-secrets'], theirs: 'passed', about: /^Role /, right: 'both', why: BINDING },
  {
    scanner: 'kube-linter', theirs: 'failed', right: 'both', why: `no pod of the namespace is in the input, as ${CUT_SHORT}`,
    checks: ['dangling-networkpolicy', 'dangling-networkpolicypeer-podselector', 'dangling-service'],
  },
  {
    scanner: 'kube-linter', theirs: 'failed', about: /^DeploymentConfig/, right: 'both', why: 'the pod of a kind that others define is known by its containers, which the manifest has none of',
    checks: ['default-service-account', 'host-ipc', 'host-pid', 'non-existent-service-account'],
  },
  {
    scanner: 'kube-linter', theirs: 'failed', about: /^DeploymentConfig/, right: 'both', checks: ['no-anti-affinity', 'no-rolling-update-strategy'],
    why: 'how many pods there are, and how they are replaced, is read of the kinds of Kubernetes alone; the pod itself is judged',
  },
  { scanner: 'kube-linter', checks: ['hpa-minimum-three-replicas'], theirs: 'failed', right: 'both', why: 'two are asked for, as most scanners ask; three is the stricter number' },
  {
    scanner: 'kube-linter', checks: ['job-ttl-seconds-after-finished'], theirs: 'failed', about: /^CronJob/, right: 'both',
    why: 'they forbid what removes the Jobs of a CronJob early; its limits of history go on besides, and nothing stays',
  },
  { scanner: 'kube-linter', checks: ['no-rolling-update-strategy'], theirs: 'failed', about: /^Deployment /, right: 'both', why: "'Other' is no strategy: schema-wrong-value says so" },
  { scanner: 'kube-linter', checks: ['non-existent-service-account'], theirs: 'failed', about: /^Deployment /, right: 'both', why: 'no service account of its own is in the input: those of its namespace are unknown' },
  { scanner: 'kube-linter', checks: ['pdb-min-available'], theirs: 'failed', right: 'both', why: CUT_SHORT },
  ...KYVERNO_DISAGREEMENTS,
];
