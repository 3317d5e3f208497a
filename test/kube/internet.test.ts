import { parseBlock } from '../../src/kube/addresses';
import { holdsInternet } from '../../src/kube/internet';

describe('what holds addresses of the internet', () => {
  test.each(['0.0.0.0/0', '8.8.8.8/32', '172.0.0.0/8', '100.64.0.0/9', '::/0', '2001:db8::/32', '168.63.129.0/24'])('%s does', cidr => {
    expect(holdsInternet(parseBlock(cidr)!)).toBe(true);
  });

  test.each([
    '10.0.0.0/8', '10.1.2.3/32', '172.16.0.0/12', '169.254.169.254/32', '168.63.129.16/32', '224.0.0.0/3', 'fc00::/7', 'fd00:ec2::23/128', 'ff02::1/128',
  ])('%s does not', cidr => {
    expect(holdsInternet(parseBlock(cidr)!)).toBe(false);
  });

  test('neither do neighbours that are special both', () => {
    expect(holdsInternet({ family: 4, first: parseBlock('224.0.0.0/4')!.first, last: parseBlock('240.0.0.0/4')!.last })).toBe(false);
  });
});
