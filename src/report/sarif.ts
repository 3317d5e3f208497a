import { posix, sep } from 'node:path';
import { Problem } from '../kube/reading/problem';
import { RuleText } from '../rules/audit';
import { Fix } from '../rules/mend/fixes';
import { CheckAnswer, PlacedFinding, isWaived, subjectOf } from './answer';
import { plainJson } from './plain';

/** What SARIF tells besides the answer. */
export interface SarifOptions {
  /** The version of the tool. */
  readonly version: string;
  /** The folder that file names are relative to; where absolute names lie in it, they are made so. */
  readonly root: string;
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://github.com/cdk8s-hardened/cdk8s-hardened';

/** Where the results come, in JSON with an indentation of one. */
const RESULTS = '"results": [';
/** How many results a part has: a cluster's answer as one text would take more memory than all else. */
const IN_A_PART = 1000;

/** The answer as SARIF 2.1.0, which code hosts show at the line of the file. */
export function* sarif({ rules, findings, problems, kubernetes, pack }: CheckAnswer, { version, root }: SarifOptions): Iterable<string> {
  const index = new Map(rules.map(({ id }, i) => [id, i]));
  const log = plainJson({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cdk8s-hardened', version, informationUri: HOME, rules: rules.map(ruleOf) } },
      invocations: [{
        executionSuccessful: problems.length === 0,
        ...(problems.length && { toolExecutionNotifications: problems.map(problem => notification(problem, root)) }),
      }],
      columnKind: 'utf16CodeUnits',
      properties: { kubernetes, pack },
      results: [],
    }],
  }, 1);
  const end = log.lastIndexOf(RESULTS) + RESULTS.length;
  yield log.slice(0, end);
  for (let i = 0; i < findings.length; i += IN_A_PART) {
    const results = findings.slice(i, i + IN_A_PART).map(finding => plainJson(resultOf(finding, index.get(finding.rule), root)));
    yield `${i ? ',' : ''}\n    ${results.join(',\n    ')}`;
  }
  yield `${log.slice(end)}\n`;
}

function ruleOf({ id, title, severity, advice, controls }: RuleText): object {
  const tags = Object.entries(controls).flatMap(([standard, ids]) => ids.map(control => `${standard}/${control}`));
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    help: { text: advice },
    defaultConfiguration: { level: severity },
    properties: { tags: ['security', ...tags] },
  };
}

function resultOf(finding: PlacedFinding, ruleIndex: number | undefined, root: string): object {
  const { rule, severity, object, field, message, advice, fingerprint, source, waiver } = finding;
  const subject = subjectOf(object);
  const { line, column, endLine, endColumn, construct } = source;
  const fix = finding.fix?.();
  const hasEnd = endLine > line || (endLine === line && endColumn > column);
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: severity,
    message: { text: `${subject} · ${field}: ${message}. ${advice}` },
    locations: [{
      physicalLocation: {
        artifactLocation: { uri: uriOf(source.file, root) },
        region: { startLine: line, startColumn: column, ...(hasEnd && { endLine, endColumn }) },
      },
      logicalLocations: [
        { name: object.name || '?', fullyQualifiedName: subject, kind: 'resource' },
        ...construct ? [{ fullyQualifiedName: construct, kind: 'construct' }] : [],
      ],
    }],
    partialFingerprints: { 'cdk8sHardened/v1': fingerprint },
    ...(finding.isKnown !== undefined && { baselineState: finding.isKnown ? 'unchanged' : 'new' }),
    // All results have them or none, as the standard wants it.
    suppressions: waiver && isWaived(finding) ? [{ kind: 'external', status: 'accepted', justification: justification(waiver) }] : [],
    ...(fix && { fixes: [fixOf(fix, uriOf(source.file, root))] }),
  };
}

function fixOf({ rules, replacements }: Fix, uri: string): object {
  return {
    description: { text: `What 'cdk8s-hardened fix' writes for ${rules.join(', ')}.` },
    artifactChanges: [{
      artifactLocation: { uri },
      replacements: replacements.map(({ line, column, endLine, endColumn, text }) => ({
        deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
        ...(text && { insertedContent: { text } }),
      })),
    }],
  };
}

function justification({ reason, owner, until, ticket }: NonNullable<PlacedFinding['waiver']>): string {
  return `${reason} (${owner}${until ? `, until ${until}` : ''}${ticket ? `, ${ticket}` : ''})`;
}

function notification({ file, line, message }: Problem, root: string): object {
  return {
    level: 'error',
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file, root) }, ...(line > 0 && { region: { startLine: line } }) } }],
  };
}

/** A relative URI, percent-encoded; what lies elsewhere keeps its whole name. */
function uriOf(file: string, root: string): string {
  if (file === '-') return 'stdin';
  const [named, base] = [slashes(file), slashes(root).replace(/\/+$/, '')];
  const path = posix.normalize(named.startsWith(`${base}/`) ? named.slice(base.length + 1) : named);
  // What is no sound text (half of a surrogate pair) becomes so on its way through bytes.
  const encoded = path.split('/').map(part => encodeURIComponent(Buffer.from(part).toString())).join('/');
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}

function slashes(path: string): string {
  return path.replaceAll(sep, '/');
}
