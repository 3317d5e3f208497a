import { DISAGREEMENTS, Disagreement } from './disagreements';
import { IS_THERE } from './foreign-manifests';
import { Compared, SCANNERS, compared } from './scanner-verdicts';

const verdict = (isFailed: boolean) => isFailed ? 'failed' : 'passed';

function explains({ scanner, checks, theirs, about }: Disagreement, each: Compared): boolean {
  return scanner === each.scanner && checks.includes(each.check) && theirs === verdict(each.theirs) && (about?.test(`${each.object} ${each.file}`) ?? true);
}

(IS_THERE ? describe : describe.skip)('what scanners say of their own manifests', () => {
  const all = IS_THERE ? SCANNERS.flatMap(compared) : [];
  const apart = all.filter(({ theirs, ours }) => theirs !== ours);

  test.each(SCANNERS)('%s: our rules that claim one of its checks say the same, or it is told why not', scanner => {
    const its = all.filter(each => each.scanner === scanner);
    expect(its.filter(({ theirs, ours }) => theirs && ours).length).toBeGreaterThan(20);
    expect(apart.filter(each => each.scanner === scanner && !DISAGREEMENTS.some(known => explains(known, each)))
      .map(({ check, object, file, theirs }) => `${check}: they say ${verdict(theirs)} of ${object} in ${file}`)).toEqual([]);
  });

  test('no disagreement is explained that is none any more', () => {
    const idle = DISAGREEMENTS.flatMap(known => known.checks.filter(check => !apart.some(each => each.check === check && explains(known, each))).map(check => `${known.scanner} ${check}: ${known.why}`));
    expect(idle).toEqual([]);
  });

  test('they agree in most', () => {
    expect(apart.length / all.length).toBeLessThan(0.15);
  });
});
