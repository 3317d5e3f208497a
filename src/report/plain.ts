/** What moves a cursor, colours a terminal, or turns the direction of writing: names in manifests are anybody's. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
const LONGEST = 1000;

/** A text in one line, as a terminal can show it: what would steer the terminal is written out. */
export function plain(text: string): string {
  const line = text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  return line.replace(CONTROL, escaped);
}

/** JSON that a terminal can show: the same value, what would steer the terminal is written as an escape. */
export function plainJson(value: unknown, indent?: number): string {
  // Without indentation there is no control character left but those that JSON lets stand.
  return JSON.stringify(value, undefined, indent).replace(CONTROL, character => character === '\n' ? character : escaped(character));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
