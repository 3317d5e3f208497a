import { Json, JsonObject, isObject } from '../../kube/json';
import { Component, Settings } from './component';

/** Files that say how a cluster or a node is set up, by kind and group. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['ClusterConfiguration', 'kubeadm.k8s.io'],
  ['InitConfiguration', 'kubeadm.k8s.io'],
  ['JoinConfiguration', 'kubeadm.k8s.io'],
  ['KubeletConfiguration', 'kubelet.config.k8s.io'],
  ['KubeProxyConfiguration', 'kubeproxy.config.k8s.io'],
]);

/** The kinds of those files. */
export const CONFIGURATION_KINDS: readonly string[] = [...GROUPS.keys()];

export function isConfiguration({ apiVersion, kind }: JsonObject): boolean {
  const group = typeof kind === 'string' ? GROUPS.get(kind) : undefined;
  return group !== undefined && typeof apiVersion === 'string' && apiVersion.startsWith(`${group}/`);
}

/** Every setup that such a file holds. */
export function settingsInConfiguration(manifest: JsonObject): readonly Settings[] {
  switch (manifest.kind) {
    case 'ClusterConfiguration': return ofCluster(manifest);
    case 'KubeletConfiguration': return [ofFields('kubelet', manifest, KUBELET_FIELDS, KUBELET_DEFAULTS)];
    case 'KubeProxyConfiguration': return [ofFields('kube-proxy', manifest, PROXY_FIELDS, {})];
    default: return [ofArguments('kubelet', object(manifest.nodeRegistration).kubeletExtraArgs, 'nodeRegistration.kubeletExtraArgs', {}, true)];
  }
}

/** What holds where nobody says otherwise, by flag. */
interface Defaults {
  readonly [flag: string]: string;
}

const PKI = '/etc/kubernetes/pki';

/** What kubeadm writes where nobody says otherwise. */
const KUBEADM: { readonly [component in Component]?: Defaults } = {
  'kube-apiserver': {
    'authorization-mode': 'Node,RBAC',
    'client-ca-file': `${PKI}/ca.crt`,
    'enable-admission-plugins': 'NodeRestriction',
    'etcd-cafile': `${PKI}/etcd/ca.crt`,
    'etcd-certfile': `${PKI}/apiserver-etcd-client.crt`,
    'etcd-keyfile': `${PKI}/apiserver-etcd-client.key`,
    'kubelet-client-certificate': `${PKI}/apiserver-kubelet-client.crt`,
    'kubelet-client-key': `${PKI}/apiserver-kubelet-client.key`,
    'secure-port': '6443',
    'service-account-key-file': `${PKI}/sa.pub`,
    'tls-cert-file': `${PKI}/apiserver.crt`,
    'tls-private-key-file': `${PKI}/apiserver.key`,
  },
  'kube-controller-manager': {
    'bind-address': '127.0.0.1',
    'root-ca-file': `${PKI}/ca.crt`,
    'service-account-private-key-file': `${PKI}/sa.key`,
    'use-service-account-credentials': 'true',
  },
  'kube-scheduler': { 'bind-address': '127.0.0.1' },
  'etcd': {
    'cert-file': `${PKI}/etcd/server.crt`,
    'client-cert-auth': 'true',
    'key-file': `${PKI}/etcd/server.key`,
    'peer-cert-file': `${PKI}/etcd/peer.crt`,
    'peer-client-cert-auth': 'true',
    'peer-key-file': `${PKI}/etcd/peer.key`,
    'peer-trusted-ca-file': `${PKI}/etcd/ca.crt`,
    'trusted-ca-file': `${PKI}/etcd/ca.crt`,
  },
};

function ofCluster({ apiServer, controllerManager, scheduler, etcd }: JsonObject): Settings[] {
  const parts: readonly (readonly [Component, Json | undefined, string])[] = [
    ['kube-apiserver', apiServer, 'apiServer'],
    ['kube-controller-manager', controllerManager, 'controllerManager'],
    ['kube-scheduler', scheduler, 'scheduler'],
    // An etcd that somebody else runs is set up elsewhere.
    ...(object(etcd).external === undefined ? [['etcd', object(etcd).local, 'etcd.local'] as const] : []),
  ];
  return parts.map(([component, part, field]) => ofArguments(component, object(part).extraArgs, `${field}.extraArgs`, KUBEADM[component] ?? {}, false));
}

/** Arguments of kubeadm: a map until v1beta3, a list of names and values from v1beta4 on, of which the last one wins. */
function ofArguments(component: Component, args: Json | undefined, home: string, defaults: Defaults, isPartial: boolean): Settings {
  const flags = new Map<string, { readonly value: string; readonly field: string }>();
  if (Array.isArray(args)) {
    args.forEach((entry, i) => isObject(entry) && flags.set(String(entry.name), { value: String(entry.value ?? ''), field: `${home}[${i}].value` }));
  } else {
    for (const [name, value] of Object.entries(object(args))) flags.set(name, { value: String(value ?? ''), field: `${home}.${name}` });
  }
  return {
    component,
    flag: name => flags.get(name)?.value ?? (Object.hasOwn(defaults, name) ? defaults[name] : undefined),
    field: name => flags.get(name)?.field ?? home,
    isPartial,
    word: name => name,
  };
}

/** The fields of a configuration of the kubelet, by the flag that says the same. */
const KUBELET_FIELDS: ReadonlyMap<string, string> = new Map([
  ['anonymous-auth', 'authentication.anonymous.enabled'],
  ['authorization-mode', 'authorization.mode'],
  ['client-ca-file', 'authentication.x509.clientCAFile'],
  ['read-only-port', 'readOnlyPort'],
  ['streaming-connection-idle-timeout', 'streamingConnectionIdleTimeout'],
  ['protect-kernel-defaults', 'protectKernelDefaults'],
  ['make-iptables-util-chains', 'makeIPTablesUtilChains'],
  ['event-qps', 'eventRecordQPS'],
  ['tls-cert-file', 'tlsCertFile'],
  ['tls-private-key-file', 'tlsPrivateKeyFile'],
  ['server-tls-bootstrap', 'serverTLSBootstrap'],
  ['rotate-certificates', 'rotateCertificates'],
  ['feature-gates', 'featureGates'],
  ['tls-cipher-suites', 'tlsCipherSuites'],
  ['pod-max-pids', 'podPidsLimit'],
  ['seccomp-default', 'seccompDefault'],
]);

/** What holds in a file where a field is left out, and is other than on the command line. */
const KUBELET_DEFAULTS: Defaults = { 'anonymous-auth': 'false', 'authorization-mode': 'Webhook', 'read-only-port': '0' };

const PROXY_FIELDS: ReadonlyMap<string, string> = new Map([['metrics-bind-address', 'metricsBindAddress']]);

function ofFields(component: Component, manifest: JsonObject, fields: ReadonlyMap<string, string>, defaults: Defaults): Settings {
  const word = (name: string) => fields.get(name) ?? name;
  const at = (name: string): Json | undefined => {
    let value: Json | undefined = manifest;
    for (const key of word(name).split('.')) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return value;
  };
  return {
    component,
    flag: name => fields.has(name) ? text(at(name)) ?? defaults[name] : undefined,
    field: word,
    // What has no field is said on the command line.
    isPartial: false,
    word,
  };
}

/** A value as its flag would say it: lists with commas, maps as `key=value`. */
function text(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.join(',');
  return isObject(value) ? Object.entries(value).map(([key, item]) => `${key}=${String(item)}`).join(',') : String(value);
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
