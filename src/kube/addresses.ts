import * as ipaddr from 'ipaddr.js';

/** The two families of addresses. */
export type Family = 4 | 6;

/** An address as a number, so that ranges can be compared and cut. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** Addresses of one family from the first to the last, both included. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

/** How many bits an address has. */
export const ADDRESS_BITS: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };
/** Every address of a family. */
export const WHOLE_SPACE: Readonly<Record<Family, AddressRange>> = {
  4: { family: 4, first: 0n, last: (1n << 32n) - 1n },
  6: { family: 6, first: 0n, last: (1n << 128n) - 1n },
};
/** IPv4 addresses written as IPv6 (`::ffff:10.0.0.1`), which Go, and so Kubernetes, takes for the IPv4 ones. */
const MAPPED = 0xffffn << 32n;

/** An address as the API server reads it, or undefined where it is none. */
export function parseAddress(text: string): Address | undefined {
  if (/^\d{1,10}(\.\d{1,10}){3}$/.test(text)) {
    // Zeros in front are decimal to Kubernetes' reader, octal to others.
    const parts = text.split('.').map(Number);
    return parts.every(part => part <= 255) ? { family: 4, value: bytesToValue(parts) } : undefined;
  }
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  const value = bytesToValue(ipaddr.IPv6.parse(text).toByteArray());
  return value >> 32n === MAPPED >> 32n ? { family: 4, value: value & 0xffffffffn } : { family: 6, value };
}

/** The addresses of a CIDR, host bits or not, or undefined where it is none. */
export function parseBlock(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const written = text.slice(0, Math.max(slash, 0));
  const base = parseAddress(written);
  if (!base || !/^\d{1,3}$/.test(text.slice(slash + 1))) return undefined;
  // A mapped address is written with the length of an IPv6 one.
  const length = Number(text.slice(slash + 1)) - (base.family === 4 && written.includes(':') ? 96 : 0);
  const bits = ADDRESS_BITS[base.family];
  if (length < 0 || length > bits) return undefined;
  const rest = BigInt(bits - length);
  const first = (base.value >> rest) << rest;
  return { family: base.family, first, last: first + (1n << rest) - 1n };
}

/** An address as people write it. */
export function formatAddress(family: Family, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(shift => (value >> shift) & 0xffn).join('.');
  const bytes = Array.from({ length: 16 }, (_, i) => Number((value >> BigInt(120 - 8 * i)) & 0xffn));
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

/** A range as people write it: `10.0.0.0-10.255.255.255`. */
export function formatRange({ family, first, last }: AddressRange): string {
  return `${formatAddress(family, first)}-${formatAddress(family, last)}`;
}

function bytesToValue(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
