import { Progress } from '../../src/cli/progress';

function written(isTTY: boolean, isWanted: boolean, now: number, ...steps: [what: string, done: number, all: number][]): string {
  const clock = jest.spyOn(performance, 'now');
  let text = '';
  const progress = new Progress({ isTTY, write: its => { text += String(its); } }, isWanted);
  steps.forEach((step, i) => {
    clock.mockReturnValue(now + 200 * i);
    progress.at(...step);
  });
  progress.end();
  clock.mockRestore();
  return text;
}
const BAR = '█'.repeat(15) + '░'.repeat(15);

describe('a bar', () => {
  test('shows what is read and what is judged, once a second has gone by, and leaves the line as it was', () => {
    expect(written(true, true, 900, ['files', 0.1, 1], ['files', 0.5, 1], ['objects', 5, 10]))
      .toBe(`\r\u001b[2K${BAR} files 0 of 1\r\u001b[2K${BAR} objects 5 of 10\r\u001b[2K`);
  });

  test.each([[false, true, 5000], [true, false, 5000], [true, true, 0]])('is not there in a pipe, where nobody wants it, or for short work', (isTTY, isWanted, now) => {
    expect(written(isTTY, isWanted, now, ['files', 0, 1], ['files', 0, 1])).toBe('');
  });
});
