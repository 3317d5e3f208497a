import { ApiObject } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import { watchGrants } from '../access/grants';
import { postureOf } from '../posture/posture';
import { beforeValidation, isRepeatedValidation, isValidatedAgain, keptInSynthesis, lastValidation, onceSettled } from '../posture/synthesis';
import { WaiverUser, markWaiverUser } from '../posture/trait';
import { isReplaceable, peopleKnow } from '../posture/written';
import { Across } from '../rules/audit';
import { Hardened } from '../rules/harden/harden';
import { seamOf, wrapToJson } from '../rules/harden/seam';
import { MANIFEST_RULES } from '../rules/manifest';
import { RulePack, rulesIn } from '../rules/packs';
import { writeLaterChartsAtOnce } from '../synthesis/later-charts';
import { FailOn } from './hardening-options';
import { Settings, allAsked, settingsOf } from './settings';
import { Snapshot } from './snapshot';
import { TreeAudit } from './tree-audit';
import { TreeObject } from './tree-object';
import { hasWaiverAcross, verdictOf } from './verdict';
import { yardstickOf } from './yardstick';

const WATCHED = new WeakSet<IConstruct>();
/** Apps that are asked for what there is to say: their constructs need not say it. */
const ASKED = new WeakSet<IConstruct>();

/** Has objects found and judged at each synthesis, those that are made later, too. */
export function watchTree({ node: { root } }: IConstruct): void {
  if (WATCHED.has(root)) return;
  WATCHED.add(root);
  watchGrants(root);
  beforeValidation(root, () => findObjects(root));
  writeLaterChartsAtOnce(root);
}

/** Lays hold of the objects for which something was asked for. */
export function findObjects(root: IConstruct): void {
  for (const { object, settings } of allAsked(root)) {
    const tree = TreeObject.of(object);
    if (tree.isFound) continue;
    tree.isFound = true;
    layHold(root, tree, settings);
  }
}

function layHold(root: IConstruct, tree: TreeObject, { pack }: Settings): void {
  const { object } = tree;
  if (!seamOf(object) && isReplaceable(object)) {
    tree.isLaid = true;
    wrapToJson(object, json => outcomeOf(tree, json), () => settingsOf(object)!.failOn === FailOn.NEVER);
  }
  const judged = new Judged(root, object, idsAsked(pack));
  markWaiverUser(object, judged);
  peopleKnow(object).node.addValidation(judged);
}

/** What the construct of an object is asked: one for both who ask, of thousands. */
class Judged implements WaiverUser, IValidation {
  constructor(private readonly root: IConstruct, private readonly object: ApiObject, public readonly ruleIds: readonly string[]) {}

  public waiversUsed(): Hardened['waiversUsed'] {
    return auditOf(this.root, 'waivers').waiversUsedBy(this.object);
  }

  public validate(): string[] {
    const { root, object } = this;
    return ASKED.has(root) || isRepeatedValidation(root) || isValidatedAgain(root) ? [] : [...auditOf(root, object).messagesOf(object)];
  }
}

const IDS_ASKED = new WeakMap<RulePack, readonly string[]>();

/** Every rule that is asked under a pack: one list for all objects. */
function idsAsked(pack: RulePack): readonly string[] {
  const ids = IDS_ASKED.get(pack) ?? [...MANIFEST_RULES, ...rulesIn(pack)].map(({ id }) => id);
  IDS_ASKED.set(pack, ids);
  return ids;
}

/** What is written of an object. Beside others it is looked at only where a waiver has to be written for that. */
function outcomeOf(tree: TreeObject, json: () => ReturnType<ApiObject['toJson']>): Hardened {
  const { object } = tree;
  const beside = keptInSynthesis(object, tree.verdict.beside);
  if (beside) return beside as Hardened;
  const alone = keptInSynthesis(object, tree.verdict.alone);
  if (alone) return alone as Hardened;
  const settings = settingsOf(object)!;
  if (hasWaiverAcross(postureOf(object), settings)) return Snapshot.of(object).verdict(object, settings);
  return onceSettled(object, tree.verdict.alone, () => {
    const base = tree.base(json);
    return verdictOf(tree, settings, base, new Across(yardstickOf(base.posture, settings)));
  });
}

interface Kept {
  readonly validation?: object;
  readonly audit: TreeAudit;
  /** Who has asked: who asks once more in the same validation asks outside of one, and things may have changed. */
  readonly askers: Set<ApiObject>;
}

const AUDITS = { waivers: new WeakMap<IConstruct, Kept>(), messages: new WeakMap<IConstruct, Kept>() };

/**
 * The audit of the validation that is running. Waivers are asked for before everything else has validated, when not
 * everything is made: what was found then is not what is told.
 */
function auditOf(root: IConstruct, asker: ApiObject | 'waivers'): TreeAudit {
  const audits = asker === 'waivers' ? AUDITS.waivers : AUDITS.messages;
  const validation = lastValidation(root);
  const kept = audits.get(root);
  if (kept?.validation === validation && kept && !(asker !== 'waivers' && kept.askers.has(asker))) {
    if (asker !== 'waivers') kept.askers.add(asker);
    return kept.audit;
  }
  const audit = new TreeAudit(root, new Snapshot(root));
  audits.set(root, { validation, audit, askers: new Set(asker === 'waivers' ? [] : [asker]) });
  return audit;
}

/**
 * What would be written now, and what is to be said of it: after all that validations make.
 *
 * @param otherwise what holds for objects for which nothing was asked for
 */
export function auditNow({ node: { root } }: IConstruct, otherwise: Settings): TreeAudit {
  ASKED.add(root);
  // The second validation sees what the first one has made.
  for (let pass = 0; pass < 2; pass++) {
    for (const construct of root.node.findAll()) {
      try {
        construct.node.validate();
      } catch {
        // What is thrown is thrown again where it is judged.
      }
    }
  }
  ASKED.delete(root);
  findObjects(root);
  return new TreeAudit(root, new Snapshot(root, undefined, otherwise));
}
