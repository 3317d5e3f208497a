import { Connections } from './connections';
import { hardening, wanted } from './hardening';
import { Judged } from './judged';
import { Written } from './manifests';
import { bold, cyan, dim, green, red, table, yellow } from './paint';

/** What the page is about, besides what was written. */
export interface Context {
  /** The program, and what is said of it. */
  readonly title: string;
  /** What the workloads themselves have to say. */
  readonly findings: readonly string[];
  /** What `check` has to say of the files. */
  readonly judged: Judged;
  readonly folder: string;
  readonly readme: string;
}

/** So wide is a line of names at the most. */
const WIDTH = 96;

/** What was written, for people: everything but the findings as it stands in the manifests. */
export function page({ files, objects }: Written, { title, findings, judged, folder, readme }: Context): string[] {
  const connections = new Connections(objects);
  const waivers = objects.flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}).filter(key => key.startsWith('cdk8s-hardened/waive.')));
  const closed = objects.filter(({ kind, metadata }) => kind === 'Namespace' && metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted');
  const counted = (what: string, count: number, paint = yellow) => count ? paint(`${count} ${what}${count > 1 ? 's' : ''}`) : green(`no ${what}s`);
  return [
    `${bold('cdk8s-hardened')} ${dim(`· ${title}, ${objects.length} objects out`)}`,
    '',
    cyan('What was hardened') + dim(closed.map(({ metadata }) => `, in ${metadata.name}, which admits nothing less than restricted`).join('')),
    ...hardening(objects).flatMap(rows => table(rows)),
    '',
    cyan('Who may talk to whom') + dim(', by the policies of both sides (· is not for these files to decide)'),
    ...connections.tables().flatMap(rows => table(rows)),
    '',
    cyan('What is left to say'),
    `  ${counted('error', judged.errors, red)}, ${counted('warning', judged.warnings)}, ${counted('waiver', waivers.length)}${dim(`, by cdk8s-hardened check --pack ${judged.pack}`)}`,
    ...wrapped(judged.rules.map(({ id, times, isError }) => ({ text: times > 1 ? `${id} × ${times}` : id, paint: isError ? red : yellow }))),
    ...findings.map(finding => `  ${finding}`),
    ...wanted(objects).map(name => `  expects the ${name}`),
    ...connections.strangerNames().map(name => `  expects pods labelled ${name}`),
    '',
    cyan('Where it is, and what next'),
    ...files.map(({ path, bytes }) => `  ${path} ${dim(`· ${Math.ceil(bytes / 1000)} kB`)}`),
    `  ${bold(`kubectl apply --server-side -f ${folder}/`)}`,
    dim(`  before and after that: ${readme}`),
  ];
}

/** Names, as many in a line as have room. */
function wrapped(names: readonly { readonly text: string; paint(text: string): string }[]): string[] {
  const lines: (typeof names[number])[][] = [];
  for (const name of names) {
    const last = lines[lines.length - 1];
    if (last && [...last, name].map(({ text }) => text).join(', ').length <= WIDTH) last.push(name);
    else lines.push([name]);
  }
  return lines.map((line, i) => `  ${line.map(({ text, paint }) => paint(text)).join(', ')}${i < lines.length - 1 ? ',' : ''}`);
}
