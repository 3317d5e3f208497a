import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';

/**
 * Rights given to a namespace's default account are given to every pod in it.
 *
 * Restricted fields: spec.serviceAccountName
 * Allowed values: any name but default
 */
export const podServiceAccount: PodRule = {
  id: 'pod-service-account',
  title: 'A service account of its own',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.5', nsa: 'Protecting Pod service account tokens', kubeLinter: 'default-service-account',
    kubescape: ['C-0189', 'C-0225'],
  },
  advice: 'Set serviceAccountName to an account that this workload alone has.',
  inCode: 'Leave serviceAccount out: each workload gets one of its own.',
  readsNames: true,
  versions: [{
    since: 0,
    check: ({ spec }) => (spec.serviceAccountName ?? 'default') !== 'default' ? []
      : [{ field: 'serviceAccountName', what: "the pod runs as its namespace's default service account" }],
  }],
};

/**
 * A token that is mounted on its own is valid for the API server in every container.
 *
 * Restricted fields: spec.automountServiceAccountToken
 * Allowed values: false
 */
export const podTokenAutomount: PodRule = {
  id: 'pod-token-automount',
  title: 'No service account token is mounted by itself',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.6', nsa: 'Protecting Pod service account tokens', checkov: 'CKV_K8S_38',
    kubescape: ['C-0034', 'C-0190', 'C-0261'], polaris: 'automountServiceAccountToken', trivy: 'KSV-0036',
    kyverno: ['other/restrict-automount-sa-token', 'other/disable-automountserviceaccounttoken'],
  },
  advice: 'Set automountServiceAccountToken to false; who calls the API server mounts a token that expires: a projected volume with a serviceAccountToken.',
  inCode: 'Leave it off; a workload that is granted rights gets a short-lived token at the same path.',
  versions: [{
    since: 0,
    check: ({ spec }) => spec.automountServiceAccountToken === false ? []
      : [{ field: 'automountServiceAccountToken', what: 'the service account token is mounted by itself' }],
  }],
};

/**
 * Service links write the address of every Service of the namespace into the environment, and slow the start.
 *
 * Restricted fields: spec.enableServiceLinks
 * Allowed values: false
 */
export const podServiceLinks: PodRule = {
  id: 'pod-service-links',
  title: 'No service links in the environment',
  severity: Severity.ERROR,
  advice: 'Set enableServiceLinks to false, and find Services by DNS.',
  inCode: 'Leave enableServiceLinks out, and find Services by DNS.',
  mend: ({ spec }) => {
    spec.enableServiceLinks ??= false;
  },
  versions: [{
    since: 0,
    check: ({ spec }) => spec.enableServiceLinks === false ? []
      : [{ field: 'enableServiceLinks', what: 'the addresses of all Services of the namespace are in the environment' }],
  }],
};
