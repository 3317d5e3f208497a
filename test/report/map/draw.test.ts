import * as fc from 'fast-check';
import { Box, placed } from '../../../src/report/map/place';
import { mapSvg } from '../../../src/report/map/svg';
import { deployment, mapOfManifests, onlyFrom } from './maps';

const TIERS = ['web', 'api', 'worker', 'cache', 'db'];
const SHOPS = ['blue', 'green', 'red'];
const MANIFESTS = SHOPS.flatMap(namespace => TIERS.flatMap((tier, i) => [deployment(tier, namespace), onlyFrom(namespace, tier, TIERS.slice(0, i))]));

describe('where things stand', () => {
  const map = mapOfManifests(MANIFESTS);

  test('nothing stands on anything else, whatever is unfolded, and workloads stand in their namespaces', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { minLength: map.spaces.length, maxLength: map.spaces.length }), open => {
      const { spaces, nodes, width, height } = placed(map, open);
      const paper = { x: 0, y: 0, width, height };
      expect(overlaps(spaces)).toEqual([]);
      expect(spaces.filter(space => !isIn(space, paper))).toEqual([]);
      spaces.forEach((space, i) => {
        const its = map.spaces[i].nodes.map(node => nodes[node]);
        if (!open[i]) {
          expect(its.filter(Boolean)).toEqual([]);
          return;
        }
        expect(overlaps(its as Box[])).toEqual([]);
        expect(its.filter(node => !isIn(node!, space))).toEqual([]);
      });
    }));
  });

  test('who calls stands to the left of whom it calls', () => {
    const blue = map.spaces.find(({ name }) => name === 'blue')!;
    const x = new Map(blue.nodes.map(node => [map.nodes[node].label, map.nodes[node].x]));
    const order = TIERS.map(tier => x.get(tier)!);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(TIERS.length);
  });
});

describe('a picture', () => {
  test('holds nothing that is not drawn, whatever things are called', () => {
    const hostile = '</text><script>alert(1)</script><image href="http://example.com/x"/>&amp;\u202egnp"\'';
    const svg = [...mapSvg(mapOfManifests([deployment(hostile, 'shop'), deployment('db\ud800\u0000', hostile)]))].join('');
    expect(svg).not.toMatch(/<(?:script|image|foreignObject|a|use)\b/);
    // eslint-disable-next-line no-control-regex
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\ud800-\udfff\ufffe\uffff]/);
    expect(svg.match(/url\([^#]/g)).toBeNull();
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
    expect(openTags(svg)).toEqual([]);
  });
});

function overlaps(boxes: readonly Box[]): [Box, Box][] {
  return boxes.flatMap((a, i) => boxes.slice(i + 1)
    .filter(b => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
    .map((b): [Box, Box] => [a, b]));
}

function isIn(inner: Box, outer: Box): boolean {
  return inner.x >= outer.x && inner.y >= outer.y
    && inner.x + inner.width <= outer.x + outer.width + 1 && inner.y + inner.height <= outer.y + outer.height + 1;
}

/** What is not closed, or not in turn. */
function openTags(text: string): string[] {
  const open: string[] = [];
  for (const [, end, name, single] of text.matchAll(/<(\/?)([a-z]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/gi)) {
    if (single) continue;
    if (!end) open.push(name);
    else if (open.pop() !== name) return [...open, `/${name}`];
  }
  return open;
}
