import { DOMParser, Document, Element, onErrorStopParsing } from '@xmldom/xmldom';

/** Reads XML as a strict parser does: it throws where it is not well-formed. */
export function parsed(xml: string): Document {
  // eslint-disable-next-line no-control-regex
  const refused = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(xml);
  if (refused) throw new Error(`no character of XML at ${refused.index}`);
  return new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml');
}

/** The elements right below one. */
export function childrenOf(element: Element): Element[] {
  return [...element.childNodes].filter(node => node.nodeType === 1) as Element[];
}

/** Every element of a document, from its root. */
export function elementsOf(document: Document): Element[] {
  return [...document.getElementsByTagName('*')];
}
