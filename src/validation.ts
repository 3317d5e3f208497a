import { judgeStatements } from './invariants/judge';
import { Fault } from './kube/faults';
import { Constructs } from './kube/reading/constructs';
import { Reading, readInputs } from './kube/reading/read';
import { Severity } from './kube/severity';
import { NEWEST_KUBERNETES, checkKubernetesVersion, minorOf } from './kube/versions';
import { ambientToday } from './posture/today';
import { CheckAnswer, PlacedFinding, stateOf } from './report/answer';
import { judgeReading } from './report/judge-reading';
import { plain } from './report/plain';
import { withStated } from './report/stated';
import { Yardstick } from './rules/audit';
import { choosePack } from './rules/choose-pack';
import { Config, configFor } from './rules/config';

/**
 * What `cdk8s.yaml` says under `properties` of the plugin.
 */
export interface HardenedValidationProps {
  /**
   * The pack, or several packs and rules with commas between them: `pss-restricted`, `cis-1.10`, `nsa`.
   *
   * @default - that of `.hardened.yaml`, else 'hardened'
   */
  readonly pack?: string;

  /**
   * From which findings on the validation fails: `error`, `warning` or `never`.
   *
   * @default - that of `.hardened.yaml`, else 'error'
   */
  readonly failOn?: string;

  /**
   * The version of Kubernetes that is judged for, as `1.30`.
   *
   * @default - that of `.hardened.yaml`, else the newest that is known
   */
  readonly kubernetes?: string;

  /**
   * What was decided of single rules: `error`, `warning` or `off`, by their ids; what `.hardened.yaml` says of others holds besides.
   *
   * @default - what `.hardened.yaml` says
   */
  readonly rules?: { [id: string]: string };

  /**
   * Registries, with or without a path, from which images may come.
   *
   * @default - those of `.hardened.yaml`, else any
   */
  readonly allowedRegistries?: string[];

  /**
   * The lowest user and group id that counts as no user of the node.
   *
   * @default - that of `.hardened.yaml`, else 10000
   */
  readonly minimumUid?: number;

  /**
   * The file that says what the repository has decided: packs, severities, parameters and invariants, as
   * `cdk8s-hardened check` reads it. Properties go before what stands there.
   *
   * @default - the first `.hardened.yaml` found upwards from the working folder, if there is one
   */
  readonly config?: string;
}

const KEYS = ['pack', 'failOn', 'kubernetes', 'rules', 'allowedRegistries', 'minimumUid', 'config'];
const FAIL_ON = ['error', 'warning', 'never'];
const WHERE = 'cdk8s.yaml: validations: HardenedValidation';

/**
 * Judges the manifests of an app when `cdk8s synth` has written them, as `cdk8s-hardened check` does: a validation plugin
 * of cdk8s-cli. The report names constructs, and what is to be done.
 *
 * In `cdk8s.yaml`:
 *
 *     validations:
 *       - package: cdk8s-hardened
 *         version: 0.0.0
 *         class: HardenedValidation
 *         properties:
 *           pack: pss-restricted
 */
export class HardenedValidation {
  private readonly config: Config;
  private readonly yardstick: Yardstick;
  private readonly failOn: string;

  /**
   * @throws a fault where a property or `.hardened.yaml` has a name that is none, or a value that means nothing
   */
  constructor(properties: HardenedValidationProps = {}) {
    const { pack, rules = {}, allowedRegistries, minimumUid, config } = properties;
    const unknown = Object.keys(properties).find(key => !KEYS.includes(key));
    if (unknown !== undefined) throw wrong(`there is no property '${unknown}'`, `There are: ${KEYS.join(', ')}.`);
    const decided = this.config = configFor(WHERE, process.cwd(), config);
    const { failOn = decided.failOn ?? 'error', kubernetes = decided.kubernetes ?? NEWEST_KUBERNETES } = properties;
    if (!FAIL_ON.includes(failOn)) throw wrong(`failOn is '${String(failOn)}'`, `Write ${FAIL_ON.join(', ')}.`);
    this.failOn = failOn;
    const own = decisionsOf(rules);
    const where = (rule?: string) => rule === undefined ? (pack === undefined && decided.packs ? decided.where('pack') : WHERE)
      : own.has(rule) ? WHERE : decided.where(`rules.${rule}`);
    this.yardstick = {
      pack: choosePack(where, { names: pack?.split(/\s*,\s*/) ?? decided.packs, decisions: new Map([...decided.decisions, ...own]) }),
      minor: minorOf(checkKubernetesVersion(properties.kubernetes === undefined && decided.kubernetes ? decided.where('kubernetes') : WHERE, kubernetes))!,
      today: ambientToday(WHERE),
      parameters: { ...decided.parameters, ...allowedRegistries && { allowedRegistries }, ...minimumUid !== undefined && { minimumUid } },
    };
  }

  /**
   * Called by cdk8s-cli: judges the manifests and fills the report.
   *
   * @param context what cdk8s-cli calls a ValidationContext: the paths of the manifests, and the report
   */
  public async validate(context: any): Promise<void> {
    const { manifests, report } = context as ValidationContext;
    const reading = readInputs(manifests);
    const constructs = new Constructs(reading);
    const answer = this.withInvariants(judgeReading(reading, this.yardstick, { constructOf: object => constructs.of(object) }), reading);
    for (const violation of violationsOf(answer)) report.addViolation(violation);
    const { errors, warnings, waived } = answer.summary;
    const counted = this.failOn === 'never' ? 0 : errors + (this.failOn === 'warning' ? warnings : 0);
    report.submit(counted || answer.problems.length ? 'failure' : 'success', {
      pack: answer.pack, kubernetes: answer.kubernetes, errors: String(errors), warnings: String(warnings), waived: String(waived),
    });
  }

  /** With what the repository states of who reaches whom. */
  private withInvariants(answer: CheckAnswer, { objects }: Reading): CheckAnswer {
    const { invariants, where, file } = this.config;
    if (invariants === undefined || file === undefined) return answer;
    return withStated(answer, judgeStatements(where, invariants, objects), this.config, this.yardstick.pack, file);
  }
}

/** What of cdk8s-cli's classes is used: they are known by their shape, so that the CLI need not be loaded. */
interface ValidationContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata: { [key: string]: string }): void;
  };
}

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
}

/** A violation a rule, errors first; what a waiver allows is none. */
function violationsOf({ findings, problems, rules, judged }: CheckAnswer): Violation[] {
  const open = findings.filter(finding => stateOf(finding) !== 'waived');
  const names = new Map<unknown, number>();
  for (const { manifest: { metadata: { name } } } of judged) names.set(name, (names.get(name) ?? 0) + 1);
  const ids = [...new Set(open.map(({ rule }) => rule))].sort((a, b) => weight(a) - weight(b) || (a < b ? -1 : 1));
  function weight(id: string): number {
    return open.some(({ rule, severity }) => rule === id && severity === Severity.ERROR) ? 0 : 1;
  }
  const unread = problems.map(({ file, line, message }) => ({ resourceName: file, locations: [plain(`line ${line}: ${message}`)], manifestPath: file }));
  return [
    ...unread.length ? [{ ruleName: 'input-unreadable', recommendation: 'What cannot be read is not judged.', fix: 'Correct it there.', violatingResources: unread }] : [],
    ...ids.map(id => {
      const its = open.filter(({ rule }) => rule === id);
      const title = rules.find(rule => rule.id === id)?.title ?? id;
      return {
        ruleName: id,
        recommendation: weight(id) ? `${title} (warning)` : title,
        fix: [...new Set(its.map(({ advice }) => plain(advice)))].join(' '),
        violatingResources: its.map(finding => resourceOf(finding, names)),
      };
    }),
  ];
}

/** cdk8s-cli finds constructs by the name of an object alone: a name that several objects have is not told, so that no wrong one is named. */
function resourceOf({ object, source, field, message }: PlacedFinding, names: ReadonlyMap<unknown, number>): Violation['violatingResources'][number] {
  const { kind, namespace, name } = object;
  const construct = source.construct === null ? '' : `${source.construct} · `;
  return {
    resourceName: plain((names.get(name) ?? 0) > 1 ? `${kind} ${namespace ? `${namespace}/` : ''}${name}` : name),
    locations: [plain(`${construct}line ${source.line} · ${field}: ${message}`)],
    manifestPath: source.file,
  };
}

function decisionsOf(rules: { readonly [id: string]: string }): Map<string, Severity | 'off'> {
  return new Map(Object.entries(rules).map(([id, said]) => {
    // YAML 1.1 takes a bare `off` for false.
    const word = String(said) === 'false' ? 'off' : said;
    if (word !== 'off' && word !== Severity.ERROR && word !== Severity.WARNING) throw wrong(`the rule '${id}' is to be '${String(said)}'`, 'Write error, warning or off.');
    return [id, word];
  }));
}

function wrong(what: string, advice: string): Fault {
  return new Fault({ where: WHERE, what, id: 'validation-invalid', advice });
}
