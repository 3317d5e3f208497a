import { Severity } from '../kube/severity';
import { CheckAnswer } from '../report/answer';
import { text } from '../report/text';
import { Line, wrong } from './options';
import { Surroundings, version, wantsColours } from './surroundings';

/** What a format may want to know besides the answer. */
export interface RenderOptions extends Pick<Surroundings, 'stdout' | 'env' | 'folder'>, Pick<Line, 'flags'> {
  /** @default error */
  readonly failOn?: string;
  /** It goes to standard output, where a person may look at it. */
  readonly isShown: boolean;
}

/** A format of the answer. */
export interface Format {
  /** What the help says of it; nothing where the name says all. */
  readonly about?: string;
  /** People read it: it has the line that sums the answer up. @default false */
  readonly sumsUp?: boolean;
  /** It names what is clean, too. @default false */
  readonly namesObjects?: boolean;
  render(answer: CheckAnswer, options: RenderOptions): Iterable<string>;
}

// Each is loaded where it is asked for: start-up is part of the speed.
/* eslint-disable @typescript-eslint/no-require-imports */
/** The formats of `check`, by name; the first is the default. */
export const FORMATS: { readonly [name: string]: Format } = {
  text: {
    sumsUp: true,
    render: (answer, { stdout, env, flags, isShown }) => (
      [text(answer, { colours: isShown && wantsColours(stdout, env), findingsOnly: flags.has('quiet'), withoutProblems: isShown })]
    ),
  },
  json: {
    about: 'schemas/check.json in the package',
    render: answer => (require('../report/json') as typeof import('../report/json')).json(answer),
  },
  sarif: {
    about: '2.1.0',
    render: (answer, { folder }) => (require('../report/sarif') as typeof import('../report/sarif')).sarif(answer, { version: version(), root: folder }),
  },
  junit: {
    about: 'a test an object and rule; warnings fail with --fail-on warning',
    namesObjects: true,
    render: (answer, { failOn }) => (
      (require('../report/junit') as typeof import('../report/junit')).junit(answer, { failOn: failOn === 'warning' ? Severity.WARNING : Severity.ERROR })
    ),
  },
  markdown: {
    about: 'for a comment on a change',
    sumsUp: true,
    render: answer => [(require('../report/markdown') as typeof import('../report/markdown')).markdown(answer)],
  },
  html: {
    about: 'one file, to be searched offline',
    sumsUp: true,
    render: answer => (require('../report/html') as typeof import('../report/html')).html(answer),
  },
};

/** The formats of `check --waivers`, by name. */
export const WAIVER_FORMATS: { readonly [name: string]: Format } = {
  text: { render: answer => [(require('../report/waivers-text') as typeof import('../report/waivers-text')).waiversText(answer)] },
  json: { render: answer => [(require('../report/waivers-json') as typeof import('../report/waivers-json')).waiversJson(answer)] },
  markdown: { render: answer => [(require('../report/waivers-markdown') as typeof import('../report/waivers-markdown')).waiversMarkdown(answer)] },
};

/** The formats for the help: `text (if not said), json (schemas/check.json in the package)`. */
export const FORMATS_TOLD = Object.entries(FORMATS).map(([name, { about }], i) => `${name}${about ? ` (${about})` : i ? '' : ' (if not said)'}`).join(', ');

/** The format that a command line asks for. */
export function formatOf(command: string, { values: { format = 'text' }, flags }: Line): Format {
  if (!flags.has('waivers')) return FORMATS[format];
  if (Object.hasOwn(WAIVER_FORMATS, format)) return WAIVER_FORMATS[format];
  throw wrong(command, `--waivers is not written as ${format}`, `Write --format ${Object.keys(WAIVER_FORMATS).join('|')}.`);
}
