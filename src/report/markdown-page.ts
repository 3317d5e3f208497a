import { row } from './markdown-text';

/** A comment on GitHub holds 65,536 characters; some are left for what others write around it. */
const MOST = 60_000;
/** What the page keeps for its last sentence. */
const LAST = 200;

/** A page that takes no more than there is room for. */
export class Page {
  public text = '';
  /** Rows that there was no room for. */
  public missing = 0;

  public add(text: string): void {
    this.text += text;
  }

  /** A table, as many rows as there is room for; folded under its title if it has one. */
  public table(head: readonly string[], rows: readonly string[], title?: string): void {
    if (!rows.length) return;
    const start = `${title ? `<details><summary>${title}</summary>\n\n` : ''}${row(head)}${row(head.map(() => '---'))}`;
    const end = `\n${title ? '</details>\n\n' : ''}`;
    let room = MOST - LAST - this.text.length - start.length - end.length;
    let count = 0;
    while (count < rows.length && rows[count].length <= room) room -= rows[count++].length;
    this.missing += rows.length - count;
    if (count) this.add(`${start}${rows.slice(0, count).join('')}${end}`);
  }
}
