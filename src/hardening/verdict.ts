import { Json } from '../kube/json';
import { Manifest } from '../kube/pod-spec';
import { Item } from '../kube/reading/objects';
import { Severity } from '../kube/severity';
import { Posture } from '../posture/posture';
import type { AlikePods } from '../rules/alike-pods';
import { Across, AuditFinding, Yardstick, judge } from '../rules/audit';
import { findingOf } from '../rules/finding-of';
import { Finding } from '../rules/harden/finding';
import { Hardened, inOrder } from '../rules/harden/harden';
import { Waivers } from '../rules/harden/waivers';
import { withObjects } from '../rules/mend/with-objects';
import { RulePack, rulesIn } from '../rules/packs';
import { Settings } from './settings';
import { Base, TreeObject } from './tree-object';
import { yardstickOf } from './yardstick';

/**
 * What is written of an object, and what is to be said of it: its rules are asked, and the waivers that were laid on the tree go into its annotations.
 *
 * @param alike what was said of other pods under the same settings
 */
export function verdictOf(tree: TreeObject, settings: Settings, base: Base, across: Across, alike?: AlikePods): Hardened {
  const { object, where } = tree;
  const { posture } = base;
  const yardstick = yardstickOf(object, posture, settings, alike);
  const judged = base.items.map(item => judgedItem(item, yardstick, across, new Waivers(posture)));
  const known = idsOf(settings.pack);
  let findings: readonly Finding[] | undefined;
  return {
    manifest: isItself(base.items) ? judged[0].manifest : withItems(base.manifest, judged),
    // To put them into words takes longer than to find them, and most are never told.
    get findings() {
      return findings ??= findingsOf(base, judged, where, known);
    },
    // Whether the waivers of a scope are needed is asked there.
    faults: posture.waivers.length ? [...base.faults, ...judged.flatMap(({ waivers }) => waivers.faults([]).filter(({ id }) => id === 'waiver-expired'))] : base.faults,
    waiversUsed: posture.waivers.length ? judged.flatMap(({ waivers }) => waivers.all) : NO_WAIVERS,
  };
}

const NO_WAIVERS: Hardened['waiversUsed'] = [];

function findingsOf(base: Base, judged: readonly JudgedItem[], where: string, known: ReadonlySet<string>): Finding[] {
  return [
    ...base.findings.filter(finding => known.has(finding.rule) || (finding.severity === Severity.ERROR && !finding.waiver)),
    ...judged.flatMap(({ path, findings }) => findings
      .filter(({ rule }) => !base.asked.includes(rule))
      .map(finding => shown(finding, where, path, known))),
  ];
}

const IDS = new WeakMap<RulePack, ReadonlySet<string>>();

function idsOf(pack: RulePack): ReadonlySet<string> {
  const ids = IDS.get(pack) ?? new Set(rulesIn(pack).map(({ id }) => id));
  IDS.set(pack, ids);
  return ids;
}

function isItself(items: readonly Item[]): boolean {
  return items.length === 1 && items[0].path === '';
}

function withItems(list: Manifest, items: readonly Item[]): Manifest {
  return inOrder(withObjects(list as Json, new Map(items.map(({ path, manifest }) => [path, manifest]))) as Manifest);
}

interface JudgedItem extends Item {
  readonly findings: readonly AuditFinding[];
  readonly waivers: Waivers;
}

function judgedItem({ manifest, path }: Item, yardstick: Yardstick, across: Across, waivers: Waivers): JudgedItem {
  const drafts = across.get(manifest);
  const { findings } = judge(manifest, yardstick, drafts, across.cleanOf(manifest));
  if (!yardstick.posture?.waivers.length) return { manifest, path, findings, waivers };
  for (const { rule, field, message, container, waiver } of findings) {
    if (!waiver || waiver.expired) waivers.for(rule, { field, what: message, container: container ?? undefined });
  }
  const annotations = waivers.annotations();
  if (!Object.keys(annotations).length) return { manifest, path, findings, waivers };
  const waived = withAnnotations(manifest, annotations);
  return { manifest: waived, path, findings: judge(waived, yardstick, drafts).findings, waivers };
}

/** What stands there already stays: it is for another container, or has expired. */
function withAnnotations(manifest: Manifest, laid: { readonly [key: string]: string }): Manifest {
  const own = manifest.metadata.annotations ?? {};
  const annotations = Object.fromEntries(Object.entries(laid).map(([key, text]) => [key, own[key] === undefined ? text : joined(own[key], text)]));
  return inOrder({ ...manifest, metadata: { ...manifest.metadata, annotations: { ...own, ...annotations } } });
}

function joined(own: string, laid: string): string {
  try {
    return JSON.stringify([own, laid].flatMap(text => JSON.parse(text) as Json[]));
  } catch {
    // What is no waiver is found as such.
    return own;
  }
}

function shown(finding: AuditFinding, where: string, path: string, known: ReadonlySet<string>): Finding {
  const plain = findingOf(finding, where, path);
  const { rule, severity, container, waiver } = plain;
  if (severity !== Severity.ERROR || waiver || !known.has(rule)) return plain;
  const whom = container === undefined ? '' : ` container: '${container}',`;
  return { ...plain, advice: `${plain.advice} To allow it all the same: SecurityDefaults.of(…).waive({ rule: '${rule}',${whom} reason: '…', owner: '…' }).` };
}

/** Whether a waiver for one of the rules that look across manifests was laid on the object or above it. */
export function hasWaiverAcross({ waivers }: Posture, { pack }: Settings): boolean {
  return waivers.some(({ waiver }) => pack.sets.some(({ id }) => id === waiver.rule));
}
