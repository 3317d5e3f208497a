import { isStrictlyWithin } from '../../../src/kube/cidr';
import { Words } from '../../reach/random-cluster';
import { Listener } from './plan';

/** Labels that workloads, pods and namespaces may have. None is one that the lab finds pods by. */
const KEYS = ['tier', 'env'];
const VALUES = ['x', 'y', ''];

/** Ports that are declared. */
export const LISTENERS: readonly Listener[] = [
  { name: 'http', number: 80, protocol: 'TCP' },
  { name: 'web', number: 8080, protocol: 'TCP' },
  { name: 'metrics', number: 9102, protocol: 'TCP' },
  { name: 'media', number: 8080, protocol: 'UDP' },
  { name: 'talk', number: 5353, protocol: 'UDP' },
];
/** What nobody listens on: a closed port answers by itself, so that the lab sees whether it was let through. */
export const SILENT = 8085;

/** The lab's. */
const POD_RANGES = ['10.244.0.0/16', 'fd00:10:244::/64'];
/** Blocks near the addresses that are asked about, each with what may be excepted from it. */
export const BLOCKS: readonly (readonly string[])[] = [
  ['0.0.0.0/0', '10.0.0.0/8', '203.0.113.0/24', '169.254.169.254/32'], ['10.0.0.0/8', '10.20.0.0/16', '10.66.0.0/16'], ['10.20.0.0/16', '10.20.30.0/24', '10.20.1.1/32'],
  ['203.0.113.0/24', '203.0.113.128/25'], ['203.0.113.10/32'], ['198.51.100.0/24', '198.51.100.7/32'], ['169.254.0.0/16', '169.254.169.254/32'], ['128.0.0.0/1', '203.0.113.200/32'],
  ['::/0', '2600::/16', 'fd00::/8'], ['2600::/12', '2600::1/128'], ['2001:db8:100::/48'],
];

/** Who connects from outside, and is connected to there. */
export const OUTSIDE = ['203.0.113.10', '203.0.113.200', '198.51.100.7', '10.20.1.1', '10.20.30.1', '2600::1'];
/** Where connections go to besides: the internet, a Service, where clouds hand out credentials. */
export const BEYOND = ['93.184.216.34', '10.66.0.1', '169.254.169.254'];

/** Blocks that cover addresses of pods. */
const OF_PODS: typeof BLOCKS = [['10.244.0.0/16', '10.244.0.0/27'], ['0.0.0.0/0', '10.244.0.32/27'], ['10.0.0.0/8'], ['fd00:10:244::/64']];

/** What objects of others are made of. Blocks cover pods only where their addresses are known. */
export function wordsOf(namespaces: readonly string[], knowsAddresses: boolean): Words {
  return {
    namespaces,
    keys: KEYS,
    values: VALUES,
    ports: [...LISTENERS.map(({ number }) => number), SILENT - 1],
    names: LISTENERS.map(({ name }) => name),
    protocols: ['TCP', 'UDP', 'TCP', 'UDP', 'SCTP'],
    blocks: knowsAddresses ? [...OF_PODS, ...OF_PODS, ...BLOCKS] : BLOCKS,
  };
}

/**
 * The exceptions of a block with the addresses of pods among them: without an export nobody can tell whether it covers pods,
 * and whether it then counts for them is up to the network plugin. Of a block with every address it is known.
 */
export function withoutPods(cidr: string, except: readonly string[]): string[] {
  if (cidr.endsWith('/0') && !except.length) return [];
  return [...except, ...POD_RANGES.filter(range => isStrictlyWithin(range, cidr))];
}
