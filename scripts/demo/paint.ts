/** Colours, on a terminal that has them and whose owner has not said NO_COLOR. */
const COLOURED = process.stdout.isTTY && process.stdout.hasColors();

function style(code: number, end: number): (text: string) => string {
  return text => COLOURED ? `\u001b[${code}m${text}\u001b[${end}m` : text;
}

export const bold = style(1, 22);
export const dim = style(2, 22);
export const red = style(31, 39);
export const green = style(32, 39);
export const yellow = style(33, 39);
export const cyan = style(36, 39);

/** A cell of a table: what it says, in as many lines as it takes, and how it is painted. */
export interface Cell {
  readonly lines: readonly string[];
  readonly paint?: (text: string) => string;
}

/** A table as lines: columns as wide as they need to be, the last one without blanks at its end. */
export function table(rows: readonly (readonly Cell[])[], indent = 2, gap = 2): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.flatMap(row => row[i].lines.map(line => line.length))));
  return rows.flatMap(row => Array.from({ length: Math.max(...row.map(cell => cell.lines.length)) }, (_, i) => {
    const cells = row.map(({ lines, paint = text => text }, column) => {
      const text = lines[i] ?? '';
      return paint(text) + ' '.repeat(widths[column] - text.length + gap);
    });
    return ' '.repeat(indent) + cells.join('').replace(/ +$/, '');
  }));
}
