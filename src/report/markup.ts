import { plain } from './plain';

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Halves of surrogate pairs and two others that are no characters: XML refuses them, written as a reference, too. */
const NO_CHARACTER = /[\p{Cs}\ufffe\uffff]/gu;

/** A text in one line for XML and HTML, as content or between quotes: nothing in it is markup, and nothing steers. */
export function escaped(text: string): string {
  return wellFormed(plain(text)).replace(/[&<>"']/g, character => ENTITIES[character]);
}

/** A text of nothing but characters, as it comes out of a file in UTF-8, too. */
export function wellFormed(text: string): string {
  return text.replace(NO_CHARACTER, character => `\\u${character.charCodeAt(0).toString(16)}`);
}
