import { Json, JsonObject, isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { RuleHead, Violation } from '../rule';

const GROUPS = ['networking.k8s.io/', 'extensions/'];
/** Annotations by which configuration is written straight into that of the ingress controller. */
const SNIPPET = /^(?:nginx\.ingress\.kubernetes\.io|nginx\.org|nginx\.com)\/[a-z-]*-snippets?$/;
/** The setting of ingress-nginx that lets them in. */
const ALLOWING = 'allow-snippet-annotations';

type IngressCheck = (spec: JsonObject, annotations: JsonObject) => Violation[];

function ofIngress({ apiVersion, spec, metadata }: JsonObject, check: IngressCheck): Violation[] {
  if (!isObject(spec) || !GROUPS.some(group => String(apiVersion).startsWith(group))) return [];
  return check(spec, isObject(metadata) && isObject(metadata.annotations) ? metadata.annotations : {});
}

function ingressRule(head: RuleHead, check: IngressCheck): ManifestRule {
  return { ...head, kinds: ['Ingress'], check: ({ manifest }) => ofIngress(manifest, check) };
}

/** The rules of an Ingress, each in its place. */
function rulesOf({ rules }: JsonObject): readonly (JsonObject | undefined)[] {
  return Array.isArray(rules) ? rules.map(rule => isObject(rule) ? rule : undefined) : [];
}

/** Tells whether a certificate for a name, or for all names of one domain, is one for a host. */
function covers(name: Json, host: string): boolean {
  if (typeof name !== 'string') return false;
  return name === host || (name.startsWith('*.') && host.includes('.') && host.slice(host.indexOf('.')) === name.slice(1));
}

/**
 * Without TLS, whoever carries a request reads it, passwords and sessions included.
 *
 * Fields: spec.tls of an Ingress
 * Wanted: an entry for each host of spec.rules; one without hosts is for all
 */
export const ingressTls = ingressRule({
  id: 'ingress-tls',
  title: 'Ingresses speak TLS',
  severity: Severity.WARNING,
  controls: { kubescape: 'C-0263', polaris: 'tlsSettingsMissing', kyverno: ['other/require-ingress-https', 'other/ingress-host-match-tls'] },
  advice: 'Name the host and the Secret of its certificate in spec.tls.',
}, spec => {
  const entries = Array.isArray(spec.tls) ? spec.tls.filter(isObject) : [];
  if (!entries.length) return [{ field: 'spec.tls', what: 'requests are carried in the clear' }];
  const names = entries.map(({ hosts }) => Array.isArray(hosts) ? hosts : []);
  if (names.some(hosts => hosts.length === 0)) return [];
  return rulesOf(spec).flatMap((rule, i) => {
    const host = rule?.host;
    if (typeof host !== 'string' || host === '' || names.some(hosts => hosts.some(name => covers(name, host)))) return [];
    return [{ field: `spec.rules[${i}].host`, what: `requests for ${host} are carried in the clear: spec.tls does not name it` }];
  });
});

/**
 * An Ingress for every host, or for all of a domain, takes requests that are meant for another team's.
 *
 * Fields: spec.rules[*].host, spec.defaultBackend of an Ingress
 * Wanted: a host without a wildcard in each rule
 */
export const ingressHost = ingressRule({
  id: 'ingress-host',
  title: 'Ingresses name their hosts',
  severity: Severity.WARNING,
  controls: { kyverno: ['best-practices/disallow-empty-ingress-host', 'other/restrict-ingress-wildcard', 'other/restrict-ingress-defaultbackend'] },
  advice: 'Name the host in each rule, and leave the default backend to the ingress controller.',
}, spec => [
  ...rulesOf(spec).flatMap((rule, i): Violation[] => {
    if (!rule) return [];
    const { host } = rule;
    if (typeof host !== 'string' || host === '') return [{ field: `spec.rules[${i}].host`, what: 'the rule takes requests for every host' }];
    return host.includes('*') ? [{ field: `spec.rules[${i}].host`, what: `the rule takes requests for every host of ${host.replace(/^\*\.?/, '') || 'any domain'}` }] : [];
  }),
  ...isObject(spec.defaultBackend) || isObject(spec.backend)
    ? [{ field: isObject(spec.backend) ? 'spec.backend' : 'spec.defaultBackend', what: 'the Ingress takes every request that no other rule takes' }] : [],
]);

/**
 * A snippet becomes a part of the ingress controller's own configuration: whoever writes an Ingress reads the Secrets of
 * all namespaces with it, CVE-2021-25742. Unless its settings let them in, ingress-nginx takes none.
 *
 * Fields: metadata.annotations of an Ingress that end in -snippet, data.allow-snippet-annotations of a ConfigMap
 * Wanted: none; not true
 */
export const ingressSnippets: ManifestRule = {
  id: 'ingress-snippets',
  title: 'No configuration slipped into the ingress controller',
  severity: Severity.ERROR,
  controls: {
    checkov: ['CKV_K8S_152', 'CKV_K8S_153', 'CKV_K8S_154'], kubescape: 'C-0059', trivy: 'KCV-0093', kyverno: 'nginx-ingress/disallow-ingress-nginx-custom-snippets',
  },
  advice: 'Use an annotation for just what is wanted, and switch snippets off in the ingress controller.',
  kinds: ['Ingress', 'ConfigMap'],
  check: ({ manifest }) => {
    const { kind, data } = manifest;
    if (kind === 'Ingress') {
      return ofIngress(manifest, (_, annotations) => Object.keys(annotations).filter(key => SNIPPET.test(key)).map(key => (
        { field: `metadata.annotations[${key}]`, what: 'the Ingress writes into the configuration of the ingress controller' }
      )));
    }
    return isObject(data) && data[ALLOWING] === 'true' ? [{ field: `data.${ALLOWING}`, what: 'the ingress controller takes configuration from whoever writes an Ingress' }] : [];
  },
};
