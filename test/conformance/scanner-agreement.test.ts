import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agreementPage, coverageOf } from './agreement-page';
import { Compared, SCANNERS } from './claims';
import { explains, verdict } from './disagreement';
import { DISAGREEMENTS } from './disagreements';
import { IS_THERE } from './foreign-manifests';
import { compared } from './scanner-verdicts';

const PAGE = join(__dirname, 'AGREEMENT.md');

(IS_THERE ? describe : describe.skip)('what scanners say of their own manifests', () => {
  const all: readonly Compared[] = IS_THERE ? SCANNERS.flatMap(compared) : [];
  const apart = all.filter(({ theirs, ours }) => theirs !== ours);

  test.each(SCANNERS)('%s: our rules that claim one of its checks say the same, or it is told why not', scanner => {
    const its = all.filter(each => each.scanner === scanner);
    const { claimed, shown, judged, unclaimed } = coverageOf(scanner, all);
    process.stderr.write(`${scanner}: ${claimed.length} checks claimed, ${shown.length} with manifests (${unclaimed.length} others are claimed by none), ${judged.length} with verdicts; `
      + `${its.length} verdicts, ${its.filter(({ theirs, ours }) => theirs === ours).length} the same\n`);
    expect(its.filter(({ theirs, ours }) => theirs && ours).length).toBeGreaterThan(20);
    expect(apart.filter(each => each.scanner === scanner && !DISAGREEMENTS.some(known => explains(known, each)))
      .map(({ check, object, file, theirs }) => `${check}: they say ${verdict(theirs)} of ${object} in ${file}`)).toEqual([]);
  });

  test('no disagreement is explained that is none any more', () => {
    const idle = DISAGREEMENTS.flatMap(known => known.checks.filter(check => !apart.some(each => each.check === check && explains(known, each))).map(check => `${known.scanner} ${check}: ${known.why}`));
    expect(idle).toEqual([]);
  });

  test('no disagreement is explained twice', () => {
    expect(apart.filter(each => DISAGREEMENTS.filter(known => explains(known, each)).length > 1)).toEqual([]);
  });

  test('they agree in most', () => {
    for (const scanner of SCANNERS) {
      const { verdicts, apart: others } = coverageOf(scanner, all);
      expect(others / verdicts).toBeLessThan(scanner === 'kyverno' ? 0.1 : 0.35);
    }
  });

  test('the page that says so is that of today', () => {
    const page = agreementPage(all, DISAGREEMENTS);
    if (process.env.UPDATE_EXPECTED) writeFileSync(PAGE, page);
    expect(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '').toBe(page);
  });
});
