import { Disagreement } from './disagreement';

const RETIRED = 'PodSecurityPolicy was removed in 1.25: api-unknown says so, whatever the policy said; the id stands for the same control on pods';
const BINDING = 'they name the binding, ours the role that gives the right: what is wrong is mended there';

/** Checkov's verdicts that our rules do not share. */
export const CHECKOV_DISAGREEMENTS: readonly Disagreement[] = ([
  {
    theirs: 'failed', about: /PodSecurityPolicy/, right: 'both', why: RETIRED,
    checks: ['CKV_K8S_1', 'CKV_K8S_2', 'CKV_K8S_3', 'CKV_K8S_4', 'CKV_K8S_5', 'CKV_K8S_6', 'CKV_K8S_7', 'CKV_K8S_24', 'CKV_K8S_32', 'CKV_K8S_36'],
  },
  { checks: ['CKV_K8S_28', 'CKV_K8S_37'], theirs: 'passed', about: /all-capabilities-PASSED2|cronjob-securityContext-passed/, right: 'ours', why: "it drops 'all' in small letters, which is not ALL for Pod Security" },
  { checks: ['CKV_K8S_23', 'CKV_K8S_29', 'CKV_K8S_31', 'CKV_K8S_40', 'CKV2_K8S_6'], theirs: 'failed', about: /malformed|UNKNOWN/, right: 'both', why: 'the spec, or the list of its containers, is of another type: schema-wrong-type says so, and there is no pod to judge' },
  { checks: ['CKV_K8S_23'], theirs: 'passed', about: /pod3 RootContainers.rootContainersPASSED/, right: 'ours', why: 'runAsNonRoot: false in the pod is refused by Pod Security restricted, whatever its containers say' },
  { checks: ['CKV_K8S_23'], theirs: 'passed', about: /pod[45]|HighUIDPASSED|Seccomp|SecurityContexts/, right: 'ours', why: 'Pod Security restricted asks for runAsNonRoot: true; a user other than 0 does not stand in for it' },
  { checks: ['CKV_K8S_29'], theirs: 'failed', about: /^(?!.*(?:malformed|UNKNOWN))/, right: 'both', why: 'they ask for a context of the pod besides; each field of it has a rule of ours' },
  { checks: ['CKV_K8S_29'], theirs: 'passed', right: 'ours', why: 'the context of the pod says nothing of privileges, capabilities or the root file system' },
  { checks: ['CKV_K8S_31'], theirs: 'passed', right: 'ours', why: 'the annotation that they accept is not read from 1.27 on: the pod has no seccomp profile' },
  { checks: ['CKV_K8S_40'], theirs: 'passed', about: /pod4/, right: 'both', why: 'with users of its own any number will do, but the pod names none: pod-user-unknown' },
  { checks: ['CKV_K8S_82', 'CKV_K8S_83'], theirs: 'failed', right: 'ours', why: 'both plugins are on by default, and naming others leaves them on; only disable-admission-plugins switches them off' },
  { checks: ['CKV_K8S_97', 'CKV_K8S_111'], theirs: 'failed', right: 'ours', why: 'they want the name of the file to end in .pem, of which its content does not depend' },
  { checks: ['CKV_K8S_111'], theirs: 'passed', right: 'ours', why: 'without the flag, pods are given no certificate to know the API server by' },
  { checks: ['CKV_K8S_156'], theirs: 'passed', right: 'ours', why: 'approve on every resource covers the signers' },
  { checks: ['CKV2_K8S_1', 'CKV2_K8S_2', 'CKV2_K8S_5'], theirs: 'failed', right: 'both', why: BINDING },
  {
    checks: ['CKV2_K8S_6'], theirs: 'failed', about: /^Pod\.(?:kube-system|should-)/, right: 'ours',
    why: 'the pod is on the network of its node, outside of every policy',
  },
  {
    checks: ['CKV2_K8S_6'], theirs: 'failed', about: /^Pod\.(?!kube-system|should-)(?!.*(?:malformed|UNKNOWN))/, right: 'both',
    why: 'they name a pod that a controller will make, ours the controller',
  },
  { checks: ['CKV_K8S_23'], theirs: 'passed', about: /fail-deployment2/, right: 'ours', why: 'nothing there says a word of who runs it' },
  { checks: ['CKV_K8S_31'], theirs: 'failed', about: /AllowedCapabilitiesSysAdmin/, right: 'both', why: 'there are no containers: schema-missing-field says so, and there is no pod to judge' },
  { checks: ['CKV_K8S_30'], theirs: 'passed', about: /FAILED-MISSING/, right: 'ours', why: 'there is nothing in the context that they find' },
  { checks: ['CKV_K8S_14', 'CKV_K8S_15', 'CKV_K8S_43'], theirs: 'failed', about: /fdn-svc/, right: 'both', why: 'no image is named at all, which a template is to fill in' },
  {
    checks: ['CKV_K8S_21'], theirs: 'failed', right: 'both',
    why: 'an object without a namespace goes where it is applied to: that is said once a workload, not of the Secrets and Services beside it',
  },
  { checks: ['CKV_K8S_26'], theirs: 'passed', right: 'ours', why: 'on the network of the node, which this pod is on, a port of a container is one of the node: the API server writes it down as hostPort' },
  { checks: ['CKV_K8S_27'], theirs: 'passed', right: 'ours', why: 'the folder of the node that is mounted is /, and the socket lies in it' },
  { checks: ['CKV_K8S_80', 'CKV_K8S_85'], theirs: 'passed', right: 'ours', why: 'the plugin is off unless it is named, and without the flag none is' },
  { checks: ['CKV_K8S_88'], theirs: 'failed', right: 'ours', why: 'without the flag, which is gone by now, nothing listens on such a port' },
  { checks: ['CKV_K8S_96', 'CKV_K8S_145'], theirs: 'failed', right: 'ours', why: 'it is on unless it is switched off' },
  { checks: ['CKV_K8S_97', 'CKV_K8S_110'], theirs: 'passed', right: 'ours', why: 'they look at the name of the file where one is named; the benchmark asks that one is' },
  { checks: ['CKV_K8S_106'], theirs: 'failed', right: 'ours', why: 'without the flag it is 12500, which is what the benchmark wants: some number above 0' },
  { checks: ['CKV_K8S_116', 'CKV_K8S_117', 'CKV_K8S_119'], theirs: 'passed', right: 'ours', why: 'they know etcd by its command alone; this one is known by its image, and has arguments' },
  { checks: ['CKV_K8S_139'], theirs: 'passed', right: 'ours', why: 'without the flag, or a file of settings, the kubelet allows everything' },
  { checks: ['CKV_K8S_157'], theirs: 'failed', about: /failing-/, right: 'ours', why: 'bind is a right about roles; about bindings it gives nothing, and to write those is rbac-rolebinding-escalation' },
] as const).map(each => ({ scanner: 'checkov', ...each }));
