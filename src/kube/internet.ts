import { AddressRange, parseBlock } from './addresses';

/**
 * What no address of the internet lies in, by IANA's registries of special-purpose addresses, and where clouds hand out
 * credentials and settings, by the block that holds all of a family.
 */
export const NOT_INTERNET: { readonly [everything: string]: readonly string[] } = {
  '0.0.0.0/0': [
    '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', // private networks, RFC 1918
    '100.64.0.0/10', // behind carriers' address translation, RFC 6598
    '100.100.100.200/32', // the metadata of Alibaba Cloud
    '127.0.0.0/8', // the host itself
    '168.63.129.16/32', // the platform of Azure
    '169.254.0.0/16', // link-local: metadata, NodeLocal DNSCache
    '192.0.0.192/32', // the metadata of Oracle Cloud
    '198.18.0.0/15', // measurements of networks, RFC 2544
    '224.0.0.0/4', '240.0.0.0/4', // multicast; reserved, and broadcast
  ],
  '::/0': [
    '64:ff9b::/96', // IPv4 addresses in IPv6, RFC 6052
    'fc00::/7', // private networks, RFC 4193
    'fe80::/10', // link-local
    'ff00::/8', // multicast
  ],
};

const SPECIAL = Object.values(NOT_INTERNET).flat().map(block => parseBlock(block)!).sort((a, b) => a.first < b.first ? -1 : 1);

/** Tells whether an address of a range belongs to the internet. */
export function holdsInternet({ family, first, last }: AddressRange): boolean {
  let next = first;
  for (const special of SPECIAL) {
    if (special.family !== family || special.last < next) continue;
    if (special.first > next) break;
    next = special.last + 1n;
  }
  return next <= last;
}
