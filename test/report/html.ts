import { Document } from '@xmldom/xmldom';
import { parsed } from './xml';

/** A page, and what stands between its tags for style and script, which a browser reads as they are. */
export interface Page {
  readonly document: Document;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

/** Reads a page, which is written so that a strict parser of XML reads it, too. */
export function page(text: string): Page {
  const raw: { style: string[]; script: string[] } = { style: [], script: [] };
  const bare = text.replace(/<(style|script)>([^]*?)<\/\1>/g, (_, name: 'style' | 'script', content: string) => {
    raw[name].push(content);
    return `<${name}/>`;
  });
  return { document: parsed(bare.replace(/^<!doctype html>/, '')), styles: raw.style, scripts: raw.script };
}
