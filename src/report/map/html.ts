import { createHash } from 'node:crypto';
import { plainJson } from '../plain';
import { switchedColours } from './colours';
import { DRAWING, escaped } from './draw';
import * as edges from './edges';
import { fileOfPage } from './files';
import { legendOf } from './legend';
import * as place from './place';
import type { ReachMap } from './reach-map';

/**
 * The map as one page that works offline: nothing is asked of anybody, and no script or style but its own is run,
 * which the browser holds it to by their digests.
 */
export function* mapHtml(map: ReachMap): Iterable<string> {
  const style = `\n${switchedColours()}${fileOfPage('picture.css')}${fileOfPage('page.css')}`;
  const script = `\n'use strict';\n${drawingScript()}\n${fileOfPage('page.js')}`;
  const policy = `default-src 'none'; script-src '${digest(script)}'; style-src '${digest(style)}'; base-uri 'none'; form-action 'none'`;
  yield `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(map.title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#connections">To the table of connections</a>
<header>
<h1>${escaped(map.title)}</h1>
<div class="tools" role="toolbar" aria-label="Map">
<input id="search" type="search" placeholder="Search" aria-label="Search workloads, namespaces and ports" autocomplete="off" spellcheck="false">
<span id="found" role="status"></span>
<button id="fold" type="button">Fold all</button>
<button id="unfold" type="button">Unfold all</button>
<button id="smaller" type="button" aria-label="Zoom out">&#8722;</button>
<button id="larger" type="button" aria-label="Zoom in">+</button>
<button id="fit" type="button">Fit</button>
<button id="theme" type="button" aria-pressed="false">Dark</button>
</div>
</header>
<ul id="legend" aria-label="Legend">${legendOf(map).map(legendItem).join('')}</ul>
<main>
<section id="stage" aria-label="Map">
<svg id="map" class="map${map.isDiff ? ' diff' : ''}" xmlns="http://www.w3.org/2000/svg" tabindex="0" role="group" aria-label="Map: arrows move it, plus and minus zoom, 0 fits it. The table below has the same."></svg>
</section>
<aside id="details" aria-live="polite" aria-label="Details" tabindex="-1"></aside>
</main>
<noscript><p>The map needs JavaScript. <code>--format svg</code> draws it without, and <code>--format text</code> lists the same.</p>${map.notes.map(note => `<p>${escaped(note)}</p>`).join('')}</noscript>
<section id="connections" aria-label="Connections">
<h2>Connections</h2>
<table><thead></thead><tbody></tbody></table>
<p><button id="more" type="button" hidden>Show more</button></p>
</section>
<script type="application/json" id="data">`;
  // In a page, `<` may end what surrounds it.
  yield plainJson(map).replace(/</g, '\\u003c');
  yield `</script>\n<script>${script}</script>\n</body>\n</html>\n`;
}

/** The functions that draw, as they run here, for the page to draw again when something is unfolded. */
export function drawingScript(): string {
  const geometry = Object.entries({ ...place, ...edges }).filter(([, value]) => typeof value === 'function');
  return [...geometry.map(([, value]) => value), ...DRAWING].map(String).join('\n')
    + `\nconst geometry = { ${geometry.map(([name]) => name).join(', ')} };\n`;
}

function legendItem([looks, meaning]: [string, string]): string {
  const sign = looks === 'several'
    ? '<g class="node several"><rect class="behind" x="9" y="3" width="26" height="10" rx="3"/><rect class="room" x="6" y="1" width="26" height="10" rx="3"/></g>'
    : `<g class="edge ${looks}"><path class="line" stroke-width="2" d="M1 7h36"/></g>`;
  return `<li><svg class="map" viewBox="0 0 42 14" aria-hidden="true">${sign}</svg>${escaped(meaning)}</li>`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
