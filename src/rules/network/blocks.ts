import { Address, AddressRange, Family, WHOLE_SPACE, parseAddress, parseBlock } from '../../kube/addresses';
import { JsonObject, isObject } from '../../kube/json';

/** The range that an ipBlock names, and what it leaves out. */
interface Block {
  readonly whole: AddressRange;
  readonly except: readonly AddressRange[];
}

/** Where clusters and what lies around them have their addresses: the private ranges (RFC 1918, RFC 4193). */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'].map(cidr => ({ cidr, range: parseBlock(cidr)! }));

/** Where clouds answer a node about itself, and hand out its credentials. */
export const METADATA_ADDRESSES = ['169.254.169.254', 'fd00:ec2::254'].map(text => ({ text, address: parseAddress(text)! }));

/** The ipBlock of a peer; undefined where it has none, or one that cannot be read. */
export function blockOf({ ipBlock }: JsonObject): Block | undefined {
  if (!isObject(ipBlock) || typeof ipBlock.cidr !== 'string') return undefined;
  const whole = parseBlock(ipBlock.cidr);
  const except = Array.isArray(ipBlock.except) ? ipBlock.except : [];
  return whole && { whole, except: except.flatMap(cidr => (typeof cidr === 'string' ? parseBlock(cidr) : undefined) ?? []) };
}

/** Tells whether an address is in a block, and not left out. */
export function holds({ whole, except }: Block, address: Address): boolean {
  return isIn(whole, address) && !except.some(range => isIn(range, address));
}

function isIn({ family, first, last }: AddressRange, address: Address): boolean {
  return family === address.family && first <= address.value && address.value <= last;
}

/**
 * A private range that blocks open wholly although they open at least half of all addresses of its family: together
 * they are everything there is, inside of the cluster and outside. Undefined where they are less: 0.0.0.0/0 without
 * the private ranges is the internet, and a choice. Two halves are a whole, so all of them are looked at together.
 */
export function everything(blocks: readonly Block[]): string | undefined {
  const open: Record<Family, AddressRange[]> = { 4: [], 6: [] };
  for (const block of blocks) open[block.whole.family].push(...remaining(block));
  for (const family of [4, 6] as const) {
    const merged = union(open[family]);
    const size = merged.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
    if (size * 2n <= WHOLE_SPACE[family].last) continue;
    const found = PRIVATE.find(({ range }) => range.family === family
      && merged.some(({ first, last }) => first <= range.first && range.last <= last));
    if (found) return found.cidr;
  }
  return undefined;
}

/** What is left of a block without its exceptions, in order. */
function remaining({ whole, except }: Block): AddressRange[] {
  const left: AddressRange[] = [];
  let { first } = whole;
  for (const gap of union(except.filter(({ family }) => family === whole.family))) {
    if (gap.first > first) left.push({ ...whole, first, last: gap.first - 1n < whole.last ? gap.first - 1n : whole.last });
    if (gap.last + 1n > first) first = gap.last + 1n;
  }
  if (first <= whole.last) left.push({ ...whole, first });
  return left.filter(range => range.first <= range.last);
}

/** Ranges of one family, those that touch made one, in order. */
function union(ranges: readonly AddressRange[]): AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = merged.at(-1);
    if (!before || range.first > before.last + 1n) merged.push(range);
    else if (range.last > before.last) merged[merged.length - 1] = { ...before, last: range.last };
  }
  return merged;
}
