import { digest } from '../kube/digest';
import { Problem } from '../kube/reading/problem';
import { RuleText } from '../rules/audit';
import { CONFIG_FILE, Config } from '../rules/config';
import { INVARIANT_RULES } from '../rules/invariant-rules';
import { RulePack } from '../rules/packs';
import { CheckAnswer, PlacedFinding, answerOf } from './answer';

/** A statement of the repository that does not hold: its rule, where it stands there, what is wrong. */
export interface Broken {
  readonly id: string;
  readonly field: string;
  readonly what: string;
  readonly advice: string;
  /** The same as long as the statement and who breaks it are. */
  readonly key: string;
}

/** What came of the statements of a repository. */
export interface Stated {
  readonly broken: readonly Broken[];
  /** What decides over them, and is not understood. */
  readonly problems: readonly Problem[];
}

/** Whom findings about statements are about: no object of the cluster. */
const OBJECT = { apiVersion: 'cdk8s-hardened/v1', kind: 'Invariants', namespace: null, name: CONFIG_FILE };

/**
 * An answer with what the repository states besides, each breach at its line there.
 *
 * @param file the repository's file, as it is shown
 */
export function withStated(answer: CheckAnswer, { broken, problems }: Stated, { locate }: Config, pack: RulePack, file: string): CheckAnswer {
  const { severities, off } = pack;
  const rules = INVARIANT_RULES.filter(({ id }) => !off?.has(id))
    .map((rule): RuleText => ({ ...rule, severity: severities?.get(rule.id) ?? rule.severity, controls: {} }));
  const placed = [
    ...broken.map(each => ({ ...each, source: { file, ...locate(each.field) } })),
    ...problems.map(unproven),
  ];
  const findings = placed.flatMap(({ id, field, what, advice, key, source }): PlacedFinding[] => {
    const rule = rules.find(asked => asked.id === id);
    if (!rule) return [];
    return [{
      rule: id, severity: rule.severity, object: OBJECT, field, container: null, message: inOneLine(what), advice: advice || rule.advice,
      fingerprint: digest(JSON.stringify([id, key]), 16), controls: {}, waiver: null, source: { ...source, document: 0, construct: null },
    }];
  });
  const { levels, waivers, judged } = answer;
  return answerOf({ ...answer, rules: [...answer.rules, ...rules] }, judged, [...answer.findings, ...findings], answer.problems, { levels, waivers });
}

/** What is not understood stands where its file says so. */
function unproven({ file, line, message }: Problem) {
  const at = Math.max(line, 1);
  return {
    id: 'invariant-unproven', field: 'invariants', what: message, advice: '', key: JSON.stringify([file, message]),
    source: { file, line: at, column: 1, endLine: at, endColumn: 1 },
  };
}

/** A message in lines, as people read it on a terminal, as one sentence. */
function inOneLine(what: string): string {
  const [first, ...rest] = what.split('\n').map(line => line.trim());
  return rest.length ? `${first} ${rest.join('; ')}` : first;
}
