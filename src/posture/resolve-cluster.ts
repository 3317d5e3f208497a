import { addressRange, checkCidr, nthAddress } from '../kube/cidr';
import { Fault } from '../kube/faults';
import { defined } from '../kube/json';
import { checkDnsLabel } from '../kube/names';
import { DNS_LABELS, DNS_NAMESPACE } from '../kube/peers';
import { checkPort } from '../kube/ports';
import { checkLabels } from '../kube/selectors';
import { checkKubernetesVersion } from '../kube/versions';
import { ApiServerEndpoint, ClusterEndpoint } from './cluster-endpoint';
import { ClusterFacts } from './cluster-facts';
import { ClusterProfileProps } from './cluster-props';
import { NetworkPlugin, PLUGINS } from './network-plugin';

/** Where DNS is in most clusters, whatever made them. */
export const KUBE_DNS: ClusterEndpoint = {
  title: 'the DNS of the cluster', namespaceName: DNS_NAMESPACE, podLabels: DNS_LABELS, tcpPorts: [53], udpPorts: [53],
};

/** Where NodeLocal DNSCache listens: kubernetes.io, Using NodeLocal DNSCache in Kubernetes Clusters. */
const NODE_LOCAL_DNS = '169.254.20.10/32';

/** The most endpoints of one kind; what is longer is a mistake. */
const MOST = 256;

/** Works out what follows from what was said, and refuses what cannot be. */
export function resolveCluster(props: ClusterProfileProps): ClusterFacts {
  const where = `cluster profile ${props.title}`;
  const plugin = props.networkPlugin === undefined ? undefined : pluginOf(where, props.networkPlugin);
  const [podCidrs, serviceCidrs, nodeCidrs] = [props.podCidrs, props.serviceCidrs, props.nodeCidrs].map(cidrs => checkedCidrs(where, cidrs));
  const endpoints = <T extends ClusterEndpoint>(list: readonly T[] | undefined, ports = false) => (
    list === undefined ? undefined : checkedList(where, list).map(endpoint => checkEndpoint(where, endpoint, ports))
  );
  return defined({
    title: props.title!,
    kubernetes: props.kubernetesVersion === undefined ? undefined : checkKubernetesVersion(where, props.kubernetesVersion),
    enforces: props.enforcesPolicies ?? plugin?.enforces ?? true,
    plugin: props.networkPlugin,
    ipBlocksMatchPods: plugin?.ipBlocksMatchPods ?? true,
    ipBlocksMatchNodes: props.ipBlocksMatchNodes ?? plugin?.ipBlocksMatchNodes ?? true,
    podCidrs,
    serviceCidrs,
    nodeCidrs,
    dns: [...endpoints(props.dns ?? [KUBE_DNS], true)!, ...nodeLocalDns(where, props, serviceCidrs)],
    apiServer: props.apiServer && apiServer(where, props.apiServer, serviceCidrs),
    ingressControllers: endpoints(props.ingressControllers),
    scrapers: endpoints(props.scrapers),
    webhookCallers: endpoints(props.webhookCallers),
    workloadIdentity: endpoints(props.workloadIdentity, true),
  });
}

/**
 * Its Service, which is the first address of the range (kube-apiserver reserves it), and its own addresses: some
 * plugins judge a connection before its address is translated, others after.
 */
function apiServer(where: string, { cidrs, port = 443 }: ApiServerEndpoint, serviceCidrs: readonly string[]): ClusterEndpoint[] {
  const own = checkEndpoint(where, { title: 'the API server', cidrs: checkedCidrs(where, cidrs), tcpPorts: [port] }, true);
  const service = serviceCidrs.slice(0, 1).map(cidr => addressRange(nthAddress(cidr, 1)));
  return [...(service.length ? [{ title: 'the API server', cidrs: service, tcpPorts: [443] }] : []), own];
}

/** It answers in the place of the DNS servers, on its own address and on that of their Service. */
function nodeLocalDns(where: string, props: ClusterProfileProps, serviceCidrs: readonly string[]): ClusterEndpoint[] {
  if (!props.nodeLocalDns) return [];
  const { dnsServiceAddress } = props;
  const service = dnsServiceAddress !== undefined ? checkCidr(where, addressRange(dnsServiceAddress))
    : serviceCidrs.length ? addressRange(nthAddress(serviceCidrs[0], 10)) : undefined;
  if (service === undefined) {
    throw new Fault({
      where,
      what: 'NodeLocal DNSCache answers on the address of the DNS Service, which is not known',
      id: 'cluster-dns-unknown',
      advice: 'Say dnsServiceAddress (`kubectl get service kube-dns -n kube-system` shows it), or serviceCidrs.',
    });
  }
  return [{ title: 'NodeLocal DNSCache', cidrs: [NODE_LOCAL_DNS, service], tcpPorts: [53], udpPorts: [53] }];
}

function pluginOf(where: string, plugin: NetworkPlugin): (typeof PLUGINS)[NetworkPlugin] {
  if (Object.hasOwn(PLUGINS, plugin)) return PLUGINS[plugin];
  throw new Fault({
    where,
    what: `'${plugin}' is no network plugin that is known here`,
    id: 'cluster-plugin-unknown',
    advice: `Known are: ${Object.keys(PLUGINS).sort().join(', ')}. Leave it out, and say enforcesPolicies, for another.`,
  });
}

function checkedCidrs(where: string, cidrs: readonly string[] = []): string[] {
  return [...new Set(checkedList(where, cidrs).map(cidr => checkCidr(where, cidr)))];
}

function checkedList<T>(where: string, list: readonly T[]): readonly T[] {
  if (list.length <= MOST) return list;
  throw new Fault({ where, what: `a list of ${list.length} is more than a profile holds, ${MOST}`, id: 'cluster-endpoint-invalid', advice: 'Name larger ranges, or pods by labels that they have in common.' });
}

/** Refuses what nobody could be recognised by: an endpoint that selects nothing would open to nobody, one that selects everything to all. */
function checkEndpoint<T extends ClusterEndpoint>(where: string, endpoint: T, ports: boolean): T {
  const { title, podLabels, namespaceName, namespaceLabels, cidrs, tcpPorts = [], udpPorts = [] } = endpoint;
  const fault = (what: string, advice: string) => new Fault({ where, what: `${title || 'an endpoint'} ${what}`, id: 'cluster-endpoint-invalid', advice });
  if (!title?.trim()) throw fault('has no title', "Say what people call it: { title: 'Traefik' }.");
  const inNamespaces = namespaceName !== undefined || namespaceLabels !== undefined;
  if (podLabels && !inNamespaces) throw fault('has podLabels, but says no namespace', "Say where its pods are: { namespaceName: 'kube-system' }, or namespaceLabels.");
  if (namespaceName !== undefined && namespaceLabels) throw fault('says both namespaceName and namespaceLabels', 'Say one of them.');
  for (const [key, labels] of [['podLabels', podLabels], ['namespaceLabels', namespaceLabels]] as const) {
    if (labels && !Object.keys(checkLabels(where, labels)).length) throw fault(`has ${key} without any label, which would select everything`, `Name the labels, or leave ${key} out.`);
  }
  if (namespaceName !== undefined) checkDnsLabel(where, 'a namespace', namespaceName);
  if (!inNamespaces && !cidrs?.length) throw fault('has neither pods nor addresses', "Say its pods, { namespaceName: 'ingress-nginx', podLabels: {…} }, or its addresses, { cidrs: ['10.0.0.0/24'] }.");
  for (const port of [...tcpPorts, ...udpPorts]) checkPort(where, port);
  if (ports && !tcpPorts.length && !udpPorts.length) throw fault('says no ports', 'Say where it listens: { tcpPorts: [443] }.');
  return { ...endpoint, ...(cidrs && { cidrs: checkedCidrs(where, cidrs) }) };
}
