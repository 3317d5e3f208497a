import { Diff } from '../../src/reach/diff';
import { mapOfChanges } from '../../src/report/map/changes';
import { mapHtml } from '../../src/report/map/html';
import { readObjects } from '../reach/agreement';
import { deployment, mapOfManifests, onlyFrom, openNamespaces } from '../report/map/maps';
import { OpenedPage, Window } from './opened-page';

const SHOP = [
  ...['web', 'api', 'db'].map(name => deployment(name, 'shop')), deployment('tool', 'ops'),
  onlyFrom('shop', 'web', []), onlyFrom('shop', 'api', ['web']), onlyFrom('shop', 'db', ['api'], 5432), onlyFrom('ops', 'tool', []),
];

describe('the map in a browser', () => {
  let window: Window;
  let page: OpenedPage;
  beforeAll(async () => {
    window = await Window.open();
  }, 60_000);
  afterAll(() => window.close());
  const show = async (manifests: readonly object[], scheme?: 'light' | 'dark') => page = await window.show(mapHtml(mapOfManifests(manifests)), scheme);

  afterEach(async () => {
    // Of whatever a test does: nothing is asked of anybody, and nothing goes wrong in silence.
    expect([page.requests.filter(address => !address.startsWith('file:')), page.requests.length, page.dialogs, page.faults]).toEqual([[], 1, [], []]);
    await page.close();
  });

  test('draws every workload, and lists every connection', async () => {
    await show(SHOP);
    expect(await page.ask('[...document.querySelectorAll(".node > .name")].map(its => its.textContent).sort()')).toEqual(['any address', 'api', 'db', 'tool', 'web']);
    expect(await page.count('tbody tr')).toBe(await page.ask('map.links.length'));
  });

  test('says why, by which policy and rule, at a click on a line', async () => {
    await show(SHOP);
    await page.click(await lineBetween('api', 'db'));
    expect(await page.text('#details h2')).toBe('shop/api[Deployment] → shop/db[Deployment]');
    const details = await page.text('#details');
    expect(details).toContain('No policy isolates it, so everything is let through.');
    expect(details).toContain('NetworkPolicy shop/db');
    expect(details).toContain('spec.ingress[0]');
    expect(details).toContain('lets through TCP 5432');
  });

  test('says whom a workload reaches and who reaches it, at a click on it', async () => {
    await show(SHOP);
    await page.click(`[data-node="${await nodeOf('api')}"]`);
    const details = await page.text('#details');
    expect(details).toMatch(/Reaches \(2\).*shop\/db\[Deployment\].*TCP 5432.*Is reached by \(1\).*shop\/web\[Deployment\]/s);
  });

  test('folds a namespace and unfolds it, by the mouse and by the keyboard', async () => {
    await show(SHOP);
    const space = `[data-space="${await page.ask('map.spaces.findIndex(({ name }) => name === "shop")')}"]`;
    await page.click(`${space} > .name`);
    expect(await page.ask('[...document.querySelectorAll(".node > .name")].map(its => its.textContent)')).not.toContain('db');
    expect(await page.ask(`document.querySelector('${space}').getAttribute('aria-expanded')`)).toBe('false');
    expect(await page.ask('document.querySelectorAll(".edge").length')).toBeLessThan(await page.ask('map.links.length'));
    await page.ask(`document.querySelector('${space}').focus()`);
    await page.keyboard.press('Enter');
    expect(await page.ask('[...document.querySelectorAll(".node > .name")].map(its => its.textContent)')).toContain('db');
    expect(await page.ask(`document.activeElement === document.querySelector('${space}')`)).toBe(true);
  });

  test('finds by name and by port, in the picture and in the table, and goes there', async () => {
    await show([...SHOP, ...openNamespaces(1, 70).map(its => its)]);
    expect(await page.count('.node:not(.outside)')).toBe(0); // folded, since there are many
    await page.ask('document.getElementById("search").focus()');
    await page.keyboard.type('shop/db');
    expect(await page.text('#found')).toMatch(/^1 found, \d+ connections$/);
    expect(await page.ask('[...document.querySelectorAll("tbody tr")].every(row => row.textContent.includes("shop/db"))')).toBe(true);
    await page.keyboard.press('Enter');
    expect(await page.text('.node.chosen > .name')).toBe('db');
    expect(await page.text('#details h2')).toBe('shop/db[Deployment]');
    await page.ask('document.getElementById("search").value = "tcp 5432"; search()');
    expect(await page.count('tbody tr')).toBe(1);
  });

  test('can be read without a mouse: the table leads to the same explanation', async () => {
    await show(SHOP);
    await page.keyboard.press('Tab');
    expect(await page.ask('document.activeElement.className')).toBe('skip');
    await page.ask('[...document.querySelectorAll("tbody button")].find(its => its.getAttribute("aria-label") === "Why shop/api[Deployment] to shop/db[Deployment]").focus()');
    await page.keyboard.press('Enter');
    expect(await page.ask('document.activeElement.id')).toBe('details');
    expect(await page.text('#details')).toContain('lets through TCP 5432');
    expect(await page.count('.edge.chosen')).toBe(1);
  });

  test('zooms with the wheel and the keyboard, moves by hand, and fits again', async () => {
    await show(SHOP);
    const view = () => page.ask<string>('document.getElementById("map").getAttribute("viewBox")');
    const width = async () => Number((await view()).split(' ')[2]);
    const first = await view();
    const whole = await width();
    await page.mouse.move(400, 300);
    await page.mouse.wheel({ deltaY: -300 });
    await expectSoon(async () => await width() < whole);
    const zoomed = await view();
    await page.mouse.down();
    await page.mouse.move(500, 380);
    await page.mouse.up();
    expect(await view()).not.toBe(zoomed);
    await page.ask('document.getElementById("map").focus()');
    await page.keyboard.press('+');
    const near = await width();
    await page.keyboard.press('-');
    expect(await width()).toBeGreaterThan(near);
    await page.keyboard.press('0');
    expect(await view()).toBe(first);
  });

  test('is light or dark as the system is, and as the switch says', async () => {
    const ground = () => page.ask<string>('getComputedStyle(document.body).backgroundColor');
    await show(SHOP);
    const light = await ground();
    await page.click('#theme');
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.close();
    await show(SHOP, 'dark');
    expect(await ground()).toBe(dark);
    await page.click('#theme');
    expect(await ground()).toBe(light);
  });

  test('does nothing that a name says', async () => {
    const names = [
      '</script><script>globalThis.pwned = 1; alert(1)</script>', '"><img src=x onerror="globalThis.pwned = 2">', '\'--><svg onload=alert(3)>', ']]>&lt;b>',
      '\u202egnp.exe\u2066', 'a\u0000b\u001b[31m', '\ud800', '${globalThis.pwned = 4}', '__proto__', 'javascript:alert(5)', '</text></g><a href="javascript:alert(6)">x</a>',
    ];
    const hostile = names.map(name => deployment(name, name));
    await show([...hostile, ...names.map(name => onlyFrom(name, name, [name]))]);
    await page.click('#unfold');
    // Everything tells about itself; what folds takes what is in it away.
    for (const name of ['edge', 'node', 'space']) {
      const all = await page.ask<string[]>(`[...document.querySelectorAll('[data-${name}]')].map(its => its.getAttribute('data-${name}'))`);
      expect(all.length).toBeGreaterThan(names.length - 1);
      for (const its of all) await page.ask(`act(document.querySelector('[data-${name}="${its}"]') ?? document.getElementById('map'))`);
    }
    await page.ask('document.getElementById("unfold").click()');
    expect(await page.ask('typeof globalThis.pwned')).toBe('undefined');
    expect(await page.ask('[document.scripts.length, document.images.length, document.querySelectorAll("a:not(.skip), iframe, object, embed, foreignObject, b").length]')).toEqual([2, 0, 0]);
    expect(await page.ask('/[\\u0000-\\u0008\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.innerHTML)')).toBe(false);
    expect(await page.text('tbody')).toContain('<img src=x onerror=');
  });

  test('shows what a change opens in green and what it closes in red, and why it was so', async () => {
    const diff = new Diff(readObjects(SHOP), readObjects([...SHOP.slice(0, -2), onlyFrom('shop', 'db', ['web'], 5432), SHOP[SHOP.length - 1]]));
    page = await window.show(mapHtml(mapOfChanges(diff, diff.changes())));
    expect(await page.text('#details')).toContain('1 added, 1 removed, 0 changed.');
    const colour = async (selector: string) => page.ask(`getComputedStyle(document.querySelector('${selector} > .line')).stroke`);
    expect(await colour(await lineBetween('web', 'db'))).toBe('rgb(21, 128, 61)');
    expect(await colour(await lineBetween('api', 'db'))).toBe('rgb(200, 30, 30)');
    await page.click(await lineBetween('api', 'db'));
    expect(await page.text('#details')).toMatch(/Closed by the change.*Before: TCP 5432.*Now: denied.*Before the change.*spec\.ingress\[0\]/s);
  });

  test('opens a thousand workloads folded, and shows them all where that is asked for', async () => {
    const tiers = ['web', 'api', 'worker', 'cache', 'db'];
    const names = Array.from({ length: 20 }, (_, i) => `${tiers[i % 5]}-${i}`);
    const manifests = Array.from({ length: 50 }, (_, i) => names.flatMap((name, j) => [
      deployment(name, `team-${i}`), onlyFrom(`team-${i}`, name, j ? [names[j - 1], names[(j * 7) % 20]] : []),
    ])).flat();
    await show(manifests);
    expect([await page.count('.space.folded.namespace'), await page.count('.node:not(.outside)')]).toEqual([50, 0]);
    await page.click('#unfold');
    expect(await page.count('.node:not(.outside)')).toBe(1000);
    await page.click('#fold');
    expect(await page.count('.node')).toBe(0);
  }, 60_000);

  test('lists what lies between namespaces, and says how to see more, where workloads are too many to be drawn', async () => {
    const apps = Array.from({ length: 90 }, (_, i) => [`app-${i}`, `team-${i % 3}`] as const);
    await show(apps.flatMap(([app, namespace], i) => [deployment(app, namespace), {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: app, namespace },
      spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'], ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: i + 1 }] }] },
    }]));
    expect(await page.count('.node')).toBe(0);
    await page.click('[data-space="0"]');
    expect(await page.text('#details')).toMatch(/team-0.*30 workloads.*Reaches \(4\).*team-1.*Is reached by \(3\)/s);
    await page.click('tbody button');
    expect(await page.text('#details')).toContain('ask about fewer, by --from and --to');
  });

  /** The line between two workloads by their names. */
  async function lineBetween(from: string, to: string): Promise<string> {
    return `.edge[data-edge="n${await nodeOf(from)} n${await nodeOf(to)}"]`;
  }

  function nodeOf(label: string): Promise<number> {
    return page.ask(`map.nodes.findIndex(its => its.label === ${JSON.stringify(label)})`);
  }
});

/** What a browser does in its own time. */
async function expectSoon(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 50 && !await isSo(); i++) await new Promise(resolve => setTimeout(resolve, 20));
  expect(await isSo()).toBe(true);
}
