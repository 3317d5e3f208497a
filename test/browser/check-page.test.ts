import { Severity } from '../../src/kube/severity';
import { PlacedFinding } from '../../src/report/answer';
import { html } from '../../src/report/html';
import { WAIVER, answer, finding } from '../report/answers';
import { OpenedPage, Window } from './opened-page';

const FINDINGS = [
  finding({ file: 'a.yaml', message: "container 'web' is privileged" }),
  finding({ file: 'a.yaml', line: 20, severity: Severity.WARNING, rule: 'pod-liveness-probe', message: 'there is none' }),
  finding({ file: 'b.yaml', object: { apiVersion: 'v1', kind: 'Pod', namespace: 'ops', name: 'tool' }, construct: 'app/chart/tool' }),
  finding({ file: 'b.yaml', line: 40, waiver: WAIVER }),
];

describe('the page of findings in a browser', () => {
  let window: Window;
  let page: OpenedPage;
  beforeAll(async () => {
    window = await Window.open();
  }, 60_000);
  afterAll(() => window.close());
  const show = async (findings: readonly PlacedFinding[], scheme?: 'light' | 'dark') => page = await window.show(html(answer(findings)), scheme);
  const shown = () => page.ask<string[]>('[...document.querySelectorAll("details")].filter(its => its.checkVisibility()).map(its => its.dataset.rule)');
  const files = () => page.ask<string[]>('[...document.querySelectorAll("h2")].filter(its => its.checkVisibility()).map(its => its.textContent)');
  const choose = (id: string, text: string) => page.ask(`(() => {
    const select = document.getElementById(${JSON.stringify(id)});
    select.value = [...select.options].find(({ textContent }) => textContent.startsWith(${JSON.stringify(text)})).value;
    select.dispatchEvent(new Event('input', { bubbles: true }));
  })()`);
  const background = () => page.ask<string>('getComputedStyle(document.body).backgroundColor');

  afterEach(async () => {
    // Of whatever a test does: nothing is asked of anybody, and nothing goes wrong in silence.
    expect([page.requests.length, page.dialogs, page.faults]).toEqual([1, [], []]);
    await page.close();
  });

  test('its own policy lets its style and script in, and all is shown', async () => {
    await show(FINDINGS);
    expect(await shown()).toHaveLength(4);
    expect(await page.text('#shown')).toBe('4 of 4 shown');
    expect(await page.ask('getComputedStyle(document.querySelector("form")).display')).toBe('flex');
  });

  test('finds all of some words, wherever they stand, and hides files without any', async () => {
    await show(FINDINGS);
    await page.keyboard.press('/');
    await page.keyboard.type('TOOL chart');
    expect([await shown(), await files(), await page.text('#shown')]).toEqual([['pod-privileged'], ['b.yaml 2'], '1 of 4 shown']);
    await page.keyboard.press('Escape');
    expect(await shown()).toHaveLength(4);
  });

  test('filters by rule, file and state together, and shows all again', async () => {
    await show(FINDINGS);
    await choose('rule', 'pod-privileged');
    expect(await shown()).toHaveLength(3);
    await choose('file', 'b.yaml');
    expect(await shown()).toHaveLength(2);
    await page.click('input[value="waived"]');
    expect([await shown(), await page.text('#shown')]).toEqual([['pod-privileged'], '1 of 4 shown']);
    await page.click('#all');
    expect([(await shown()).length, await page.text('#shown')]).toEqual([4, '4 of 4 shown']);
  });

  test('opens a finding by the keyboard', async () => {
    await show(FINDINGS);
    await page.ask('document.querySelector("summary").focus()');
    await page.keyboard.press('Enter');
    expect(await page.ask('document.querySelector("details").open && document.querySelector("dl").checkVisibility()')).toBe(true);
  });

  test('every control is reached by Tab, and has a name', async () => {
    await show(FINDINGS);
    const reached: string[] = [];
    for (let i = 0; i < 9; i++) {
      await page.keyboard.press('Tab');
      reached.push(await page.ask('["id", "value", "type", "localName"].map(name => document.activeElement[name]).find(text => text)'));
    }
    expect(reached).toEqual(['search', 'error', 'warning', 'waived', 'rule', 'file', 'theme', 'all', 'summary']);
    expect(await page.ask('[...document.querySelectorAll("input, select")].filter(its => !its.labels[0]?.textContent.trim()).length')).toBe(0);
  });

  test('is dark where the system is, and light or dark where somebody says so', async () => {
    await show(FINDINGS, 'dark');
    const dark = await background();
    await choose('theme', 'light');
    const light = await background();
    expect(light).not.toBe(dark);
    await page.close();
    await show(FINDINGS, 'light');
    expect(await background()).toBe(light);
    await choose('theme', 'dark');
    expect(await background()).toBe(dark);
  });

  test('hostile names are text', async () => {
    const evil = '</summary><img src=x onerror=alert(1)><script>alert(2)</script><a href="javascript:alert(3)">x</a>';
    const object = { apiVersion: 'v1', kind: evil, namespace: evil, name: evil };
    const names = { file: evil, rule: evil, field: evil, message: evil, advice: evil, container: evil, construct: evil };
    await show([finding({ ...names, object, waiver: { ...WAIVER, reason: evil } })]);
    expect(await page.ask('document.querySelectorAll("img, a, script").length')).toBe(1);
    expect(await page.text('summary')).toContain(evil);
    await page.click('summary');
    await page.keyboard.press('/');
    await page.keyboard.type('onerror');
    expect(await shown()).toHaveLength(1);
  });

  test('5,000 findings are filtered, too', async () => {
    const object = (i: number) => ({ apiVersion: 'v1', kind: 'Pod', namespace: null, name: `p${i}` });
    await show(Array.from({ length: 5_000 }, (_, i) => finding({ file: `${i % 100}.yaml`, line: i + 1, object: object(i) })));
    await page.keyboard.press('/');
    await page.keyboard.type('p123');
    expect(await page.text('#shown')).toBe('11 of 5000 shown');
    expect(await shown()).toHaveLength(11);
  });
});
