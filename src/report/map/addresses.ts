import { ADDRESS_BITS, AddressRange, formatAddress, formatRange, WHOLE_SPACE } from '../../kube/addresses';

/** What addresses are called on a map: what there is of them, or what there is not where that is less. */
export function nameOfRanges(ranges: readonly AddressRange[]): string {
  const rest = complement(ranges);
  if (!rest.length) return 'any address';
  const isMost = ranges.some(({ family }) => sizeOf(rest.filter(range => range.family === family)) * 2n < sizeOf([WHOLE_SPACE[family]]));
  return isMost ? `any but ${inShort(rest)}` : inShort(ranges);
}

function inShort([first, ...others]: readonly AddressRange[]): string {
  return `${blockOf(first)}${others.length ? ` +${others.length}` : ''}`;
}

/** `10.0.0.0/8` where a range is a block, an address where it is one. */
function blockOf(range: AddressRange): string {
  const size = range.last - range.first + 1n;
  if (size === 1n) return formatAddress(range.family, range.first);
  const bits = size.toString(2).length - 1;
  const isBlock = size === 1n << BigInt(bits) && range.first % size === 0n;
  return isBlock ? `${formatAddress(range.family, range.first)}/${ADDRESS_BITS[range.family] - bits}` : formatRange(range);
}

function complement(ranges: readonly AddressRange[]): AddressRange[] {
  const families = [...new Set(ranges.map(({ family }) => family))];
  return families.flatMap(family => {
    const result: AddressRange[] = [];
    let { first } = WHOLE_SPACE[family];
    for (const range of ranges.filter(its => its.family === family).sort((a, b) => a.first < b.first ? -1 : 1)) {
      if (range.first > first) result.push({ family, first, last: range.first - 1n });
      first = range.last + 1n;
    }
    if (first <= WHOLE_SPACE[family].last) result.push({ family, first, last: WHOLE_SPACE[family].last });
    return result;
  });
}

function sizeOf(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}
