import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheckAnswer, PlacedFinding, State, stateOf, subjectOf, waivedBy } from './answer';
import { escaped } from './markup';
import { goneText, place, verdict } from './text';

/** Styles and script of the page, each a file that tools can read. */
const FOLDER = join(__dirname, '..', '..', 'pages', 'check');
/** How many findings a part has: a cluster's answer as one text would take more memory than all else. */
const IN_A_PART = 500;
const STATES: readonly State[] = ['error', 'warning', 'waived', 'known'];

/**
 * The answer as a page: one file that loads nothing, for a browser that is offline. What it shows is there without a
 * script, which only filters. Nothing but its own style and script is let in, by their hashes.
 */
export function* html(answer: CheckAnswer): Iterable<string> {
  const { findings, problems, gone = [] } = answer;
  const [style, script] = ['page.css', 'page.js'].map(name => readFileSync(join(FOLDER, name), 'utf8'));
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  yield [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}"/>\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n<meta name="referrer" content="no-referrer"/>\n',
    `<title>cdk8s-hardened check</title>\n<style>${style}</style>\n</head>\n<body>\n`,
    `<header><h1>cdk8s-hardened check</h1>\n<p>${escaped(verdict(answer))}</p></header>\n<main>\n`,
    list('Could not be read', problems.map(({ file, line, message }) => `<code>${escaped(place(file, line))}</code> ${escaped(message)}`)),
    findings.length ? form(findings) : '',
  ].join('');
  for (const [i, [file, its]] of [...grouped(findings, fileOf)].entries()) {
    yield `<section data-file="${i}">\n<h2>${escaped(place(file, 0))} <small>${its.length}</small></h2>\n`;
    for (let part = 0; part < its.length; part += IN_A_PART) yield its.slice(part, part + IN_A_PART).map(details).join('');
    yield '</section>\n';
  }
  yield `${list('Gone since the baseline', gone.map(accepted => escaped(goneText(accepted))))}</main>\n`;
  yield `${findings.length ? `<script>${script}</script>\n` : ''}</body>\n</html>\n`;
}

/** What filters, in the order in which one looks for something; shown by the script, which it is of no use without. */
function form(findings: readonly PlacedFinding[]): string {
  const states = grouped(findings, stateOf);
  const rules = [...grouped(findings, ({ rule }) => rule)].sort(([a], [b]) => a < b ? -1 : 1);
  const files = [...grouped(findings, fileOf)];
  return [
    '<form id="filters" hidden="" role="search" aria-label="Filter the findings">\n',
    '<label>Search <input id="search" type="search" aria-keyshortcuts="/" placeholder="/"/></label>\n<fieldset><legend>Show</legend>\n',
    ...STATES.filter(state => states.has(state)).map(state => (
      `<label><input type="checkbox" name="state" value="${state}" checked=""/>${state} (${states.get(state)!.length})</label>\n`
    )),
    '</fieldset>\n',
    select('Rule', 'rule', [['', 'all'], ...rules.map(([rule, its]): [string, string] => [rule, `${rule} (${its.length})`])]),
    select('File', 'file', [['', 'all'], ...files.map(([file, its], i): [string, string] => [String(i), `${place(file, 0)} (${its.length})`])]),
    select('Colours', 'theme', [['', 'of the system'], ['light', 'light'], ['dark', 'dark']]),
    '<button id="all" type="button">Show all</button>\n<output id="shown" aria-live="polite"></output>\n</form>\n',
  ].join('');
}

function select(label: string, id: string, options: readonly (readonly [value: string, text: string])[]): string {
  const shown = options.map(([value, text]) => `<option value="${escaped(value)}">${escaped(text)}</option>`).join('');
  return `<label>${label} <select id="${id}">${shown}</select></label>\n`;
}

/** A finding: what a line tells, and all the rest where it is opened. */
function details(finding: PlacedFinding): string {
  const { rule, object, field, container, message, advice, fingerprint, controls, waiver, source: { file, line, column, construct } } = finding;
  const state = stateOf(finding);
  const known = Object.entries(controls).map(([standard, ids]) => `${standard} ${ids.join(', ')}`).join('; ');
  const more: [string, string | null, 'code'?][] = [
    ['Place', `${place(file, line)}:${column}`, 'code'],
    ['Construct', construct, 'code'],
    ['Field', field, 'code'],
    ['Container', container, 'code'],
    ['What to do', advice],
    ['Waiver', waiver && (waiver.expired ? `Expired. ${waivedBy(waiver)}` : waivedBy(waiver))],
    ['Known as', known],
    ['Fingerprint', fingerprint, 'code'],
  ];
  const terms = more.filter(([, text]) => text).map(([name, text, code]) => (
    `<dt>${name}</dt><dd>${code ? `<code>${escaped(text!)}</code>` : escaped(text!)}</dd>`
  ));
  return `<details class="${state}" data-state="${state}" data-rule="${escaped(rule)}"><summary><b>${state}</b> <code>${escaped(rule)}</code> `
    + `<bdi>${escaped(subjectOf(object))}</bdi>: <bdi>${escaped(message)}</bdi></summary>\n<dl>${terms.join('\n')}</dl></details>\n`;
}

function list(title: string, items: readonly string[]): string {
  return items.length ? `<section>\n<h2>${title} <small>${items.length}</small></h2>\n<ul>\n${items.map(item => `<li>${item}</li>\n`).join('')}</ul>\n</section>\n` : '';
}

function fileOf({ source }: PlacedFinding): string {
  return source.file;
}

/** In the order in which each comes first. */
function grouped<K>(findings: readonly PlacedFinding[], keyOf: (finding: PlacedFinding) => K): Map<K, PlacedFinding[]> {
  const groups = new Map<K, PlacedFinding[]>();
  for (const finding of findings) {
    const its = groups.get(keyOf(finding));
    if (its) its.push(finding);
    else groups.set(keyOf(finding), [finding]);
  }
  return groups;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
