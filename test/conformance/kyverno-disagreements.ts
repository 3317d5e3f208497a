import { Disagreement } from './disagreement';

/** Kyverno's verdicts that our rules do not share. */
export const KYVERNO_DISAGREEMENTS: readonly Disagreement[] = ([
  {
    checks: ['best-practices/require-probes'], theirs: 'passed', right: 'ours',
    why: 'they are content with one probe of any kind, in any container; each container hangs by itself, and what is not ready gets requests by itself',
  },
  {
    checks: ['best-practices/require-drop-cap-net-raw'], theirs: 'passed', right: 'ours',
    why: 'they want it by the name CAP_NET_RAW, before which containerd puts CAP_ once more: nothing is dropped there; NET_RAW and ALL are the names that Kubernetes knows',
  },
  {
    checks: ['other/require-non-root-groups'], theirs: 'failed', right: 'both',
    why: 'no group is named: where the user is, pod-group-unknown says so, else pod-user-unknown; pod-root-group speaks of 0 alone',
  },
  { checks: ['other/restrict-binding-system-groups'], theirs: 'failed', about: /badc?rb01/, right: 'ours', why: 'system:anonymous is a user; nobody is in a group of that name, and the binding gives nothing' },
  {
    checks: ['other/require-emptydir-requests-limits'], theirs: 'passed', right: 'both',
    why: 'a limit of a container evicts the pod, whichever folder grew; pod-local-disk asks for that one, and a size for each folder is asked for besides',
  },
  {
    checks: ['other/advanced-restrict-image-registries'], theirs: 'failed', right: 'both',
    why: 'they read the registries of each namespace from its annotation and from a ConfigMap in the cluster; ours are a parameter, which none was set here',
  },
  {
    checks: ['other/require-ingress-https'], theirs: 'failed', about: /badingress0[123]/, right: 'both',
    why: 'they ask besides for an annotation that one controller alone reads; TLS is there, for every host',
  },
  {
    checks: ['other/restrict-wildcard-resources'], theirs: 'passed', about: /goodcr05/, right: 'ours',
    why: 'every API group is a wildcard, too: the role holds for resources that others define tomorrow',
  },
  { checks: ['other/imagepullpolicy-always'], theirs: 'failed', right: 'ours', why: 'a tag that moves is pulled always where nothing is said: they read the manifest without what the API server fills in' },
  { checks: ['other/imagepullpolicy-always'], theirs: 'passed', right: 'both', why: 'they ask for it of latest alone; the rule is that of always-pull-images: any tag can move, and credentials are asked for at every start' },
  {
    checks: ['other/require-reasonable-pdbs'], theirs: 'failed', right: 'both',
    why: 'they want half of the pods to be let go; ours that one may go, which is what a drain needs',
  },
  {
    checks: ['other/restrict-escalation-verbs-roles'], theirs: 'failed', about: /^Role badrole01 /, right: 'ours',
    why: 'impersonate on roles gives nothing: users, groups and accounts can be impersonated',
  },
  { checks: ['other/require-pdb'], theirs: 'passed', about: /nginx-deploy-pass/, right: 'both', why: 'the budget that they count is made up in their test, and is no manifest' },
  { checks: ['other/require-pdb'], theirs: 'passed', about: /gooddeploy02/, right: 'both', why: 'they ask from three replicas on; two can be taken at once, too' },
  {
    checks: ['other/deployment-replicas-higher-than-pdb'], theirs: 'failed', about: /bad-pdb/, right: 'ours',
    why: 'they hold the budget against each Deployment by itself; it counts all pods that it selects, which are eight',
  },
  { checks: ['other/restrict-automount-sa-token'], theirs: 'passed', about: /goodpod03|goodcronjob01/, right: 'both', why: 'they except an application of their own by its label' },
  {
    checks: ['other/restrict-clusterrole-csr'], theirs: 'failed', about: /violating-clusterrole/, right: 'ours',
    why: 'the core group has neither certificate signing requests nor signers: the role gives nothing',
  },
  { checks: ['other/require-deployments-have-multiple-replicas'], theirs: 'failed', about: /baddeployment02/, right: 'ours', why: 'no replica is what was switched off on purpose: nothing runs that could fail' },
  {
    checks: ['psp-migration/restrict-adding-capabilities'], theirs: 'failed', right: 'both',
    why: 'they allow NET_BIND_SERVICE alone, as pod-capabilities-add does; this rule is that of baseline, which has CHOWN among what may be added',
  },
  {
    checks: ['psp-migration/restrict-adding-capabilities'], theirs: 'passed', about: /good(?:deployment|cronjob)/, right: 'ours',
    why: 'CAP_CHOWN is none of the names that Kubernetes knows, and Pod Security refuses it',
  },
] as const).map(each => ({ scanner: 'kyverno', ...each }));
