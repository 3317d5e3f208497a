import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { draw } from '../../../src/report/map/draw';
import { drawingScript, mapHtml } from '../../../src/report/map/html';
import type { ReachMap } from '../../../src/report/map/reach-map';
import { GEOMETRY } from '../../../src/report/map/svg';
import { deployment, mapOfManifests, onlyFrom, openNamespaces } from './maps';

const HOSTILE = '</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>\u202e';
const page = (map: ReachMap) => [...mapHtml(map)].join('');

describe('the page of a map', () => {
  const map = mapOfManifests([deployment('web', 'shop'), deployment('db', 'shop'), deployment(HOSTILE, 'shop'), onlyFrom('shop', 'db', ['web'])]);
  const html = page(map);

  test('runs one script and has one style, which its policy names by their digests, and may ask nobody for anything', () => {
    const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)];
    const styles = [...html.matchAll(/<style>([^]*?)<\/style>/g)];
    expect([scripts.length, styles.length]).toEqual([1, 1]);
    const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(/content="(default-src[^"]*)"/.exec(html)![1])
      .toBe(`default-src 'none'; script-src ${digest(scripts[0][1])}; style-src ${digest(styles[0][1])}; base-uri 'none'; form-action 'none'`);
    const frame = html.replace(/id="data">[^]*?<\/script>/, '').replace(/xmlns="[^"]*"/g, '');
    expect(frame).not.toMatch(/https?:|\b(?:src|style)=|\bon\w+=|@import|url\((?!#)/);
  });

  test('carries the map as it is, whatever things are called', () => {
    const data = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(html)![1];
    expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify(map)));
    expect(data).not.toContain('<');
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toMatch(/<img|<!--/);
    expect(html).not.toMatch(/[\u202a-\u202e]/);
  });

  test('draws in the page what is drawn here, by functions that need nothing around them', () => {
    const drawn = (open: boolean[]) => runInNewContext(`'use strict'; ${drawingScript()} JSON.stringify(draw(map, open, geometry, true))`, { map, open }) as string;
    for (const open of [map.spaces.map(() => true), map.spaces.map(() => false)]) {
      expect(JSON.parse(drawn(open))).toEqual(draw(map, open, GEOMETRY, true));
    }
  });

  test('stays small where everybody reaches everybody', () => {
    const large = page(mapOfManifests(openNamespaces(50, 20)));
    expect(large.length).toBeLessThan(2_000_000);
    expect(large).toContain('that are the same to all others stand together');
  });
});
