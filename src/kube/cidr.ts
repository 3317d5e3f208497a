import * as ipaddr from 'ipaddr.js';
import { Fault } from './faults';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Refuses what the API server would refuse as an ipBlock, and a block with host bits set, which means
 * another range than it reads; returns it in its canonical form.
 */
export function checkCidr(where: string, text: string): string {
  const fault = (what: string, advice: string) => new Fault({ where, what: `'${text}' ${what}`, id: 'cidr-invalid', advice });
  const address = parseAddress(text);
  if (address) {
    const bits = address.kind() === 'ipv4' ? 32 : 128;
    throw fault('is an address, not a CIDR', `Did you mean '${text}/${bits}'?`);
  }
  const slash = text.indexOf('/');
  const base = parseAddress(text.slice(0, Math.max(slash, 0)));
  const length = /^\d{1,3}$/.test(text.slice(slash + 1)) ? Number(text.slice(slash + 1)) : -1;
  const bits = base?.kind() === 'ipv6' ? 128 : 32;
  if (!base || length < 0 || length > bits) {
    throw fault('is no CIDR', "Write an IPv4 or IPv6 range such as '10.0.0.0/8' or 'fd00::/8'.");
  }
  const network = networkOf(base, length);
  if (network.toString() !== base.toString()) {
    throw fault('has host bits set', `Did you mean '${network}/${length}'?`);
  }
  return `${network}/${length}`;
}

/** Tells whether the range `inner` lies strictly within `outer`; both are canonical. */
export function isStrictlyWithin(inner: string, outer: string): boolean {
  const [a, aLength] = ipaddr.parseCIDR(inner);
  const [b, bLength] = ipaddr.parseCIDR(outer);
  return a.kind() === b.kind() && aLength > bLength && a.match(b as never, bLength);
}

/** Tells whether the range `inner` lies within `outer` or is it; both are canonical. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || isStrictlyWithin(inner, outer);
}

/** The nth address of a canonical range, its base being the 0th, as Kubernetes gives them to its own Services. */
export function nthAddress(cidr: string, n: number): string {
  const bytes = ipaddr.parseCIDR(cidr)[0].toByteArray();
  for (let i = bytes.length - 1, carry = n; carry > 0 && i >= 0; i--) {
    carry += bytes[i];
    bytes[i] = carry & 0xff;
    carry >>= 8;
  }
  return ipaddr.fromByteArray(bytes).toString();
}

/** An address as a range of its own; what is no address comes back as it is, for `checkCidr` to refuse. */
export function addressRange(address: string): string {
  const parsed = parseAddress(address);
  return parsed ? `${parsed}/${parsed.kind() === 'ipv4' ? 32 : 128}` : address;
}

function parseAddress(text: string): Address | undefined {
  // Octal, hexadecimal and short forms are other addresses to other readers.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return /(^|\.)0\d/.test(text) ? undefined : ipaddr.IPv4.parse(text);
  return !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
}

function networkOf(address: Address, length: number): Address {
  const bytes = address.toByteArray().map((byte, i) => byte & (0xff << (8 - Math.min(8, Math.max(0, length - 8 * i)))) & 0xff);
  return ipaddr.fromByteArray(bytes);
}
