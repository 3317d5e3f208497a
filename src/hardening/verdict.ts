import { Json } from '../kube/json';
import { Manifest } from '../kube/pod-spec';
import { Item } from '../kube/reading/objects';
import { Severity } from '../kube/severity';
import { Posture } from '../posture/posture';
import type { AlikeManifests } from '../rules/alike-manifests';
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
 * @param alike what was said of other manifests under the same settings
 */
export function verdictOf(tree: TreeObject, settings: Settings, base: Base, across: Across, alike?: AlikeManifests): Verdict {
  const { posture } = base;
  const yardstick = yardstickOf(posture, settings, alike);
  const judged = base.items.map(item => judgedItem(item, hasSpoken(item, base) ? { ...yardstick, spoken: base.asked } : yardstick, across, posture));
  return new Verdict(tree, base, judged, idsOf(settings.pack));
}

/** Who hardens itself has asked the rules of hardening. Where there are waivers it takes all rules to say what these are for. */
function hasSpoken({ manifest: { metadata } }: Item, { asked, posture }: Base): boolean {
  return asked.length > 0 && !posture.waivers.length && metadata.annotations === undefined;
}

const NO_WAIVERS: Hardened['waiversUsed'] = [];

/** To put findings into words takes longer than to find them, and most are never told: that waits until somebody asks. */
export class Verdict implements Hardened {
  public readonly manifest: Manifest;
  public readonly faults: Hardened['faults'];
  public readonly waiversUsed: Hardened['waiversUsed'];
  private told?: readonly Finding[];
  private stopping?: readonly Finding[];

  /** @param known the rules that are asked */
  constructor(
    private readonly tree: TreeObject, private readonly base: Base,
    private readonly judged: readonly JudgedItem[], private readonly known: ReadonlySet<string>,
  ) {
    const { posture, items, manifest, faults } = base;
    this.manifest = isItself(items) ? judged[0].manifest : withItems(manifest, judged);
    // Whether the waivers of a scope are needed is asked there.
    this.faults = posture.waivers.length ? [...faults, ...judged.flatMap(expired)] : faults;
    this.waiversUsed = posture.waivers.length ? judged.flatMap(({ waivers }) => waivers?.all ?? []) : NO_WAIVERS;
  }

  public get findings(): readonly Finding[] {
    return this.told ??= this.said(() => true);
  }

  public get errors(): readonly Finding[] {
    return this.stopping ??= this.mayStop ? this.said((severity, isWaived) => severity === Severity.ERROR && !isWaived) : NO_FINDINGS;
  }

  private get mayStop(): boolean {
    const { base, judged } = this;
    return base.findings.some(isError) || judged.some(({ findings }) => findings.some(isError));
  }

  private said(isMeant: (severity: Severity, isWaived: boolean) => boolean): readonly Finding[] {
    const { base, judged, tree, known } = this;
    const ofHardening = base.findings.filter(({ rule, severity, waiver }) => known.has(rule) || (severity === Severity.ERROR && !waiver));
    return [
      ...ofHardening.filter(({ severity, waiver }) => isMeant(severity, !!waiver)),
      ...judged.flatMap(({ path, findings }) => findings
        .filter(({ rule, severity, waiver }) => !base.asked.includes(rule) && isMeant(severity, !!waiver && !waiver.expired))
        .map(finding => shown(finding, tree.where, path, known))),
    ];
  }
}

const NO_FINDINGS: readonly Finding[] = [];

function isError({ severity }: { readonly severity: Severity }): boolean {
  return severity === Severity.ERROR;
}

function expired({ waivers }: JudgedItem): Hardened['faults'] {
  return waivers?.faults([]).filter(({ id }) => id === 'waiver-expired') ?? [];
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
  /** What was laid on the tree, and what of it was needed; absent where nothing was. */
  readonly waivers?: Waivers;
}

function judgedItem({ manifest, path }: Item, yardstick: Yardstick, across: Across, posture: Posture): JudgedItem {
  const drafts = across.get(manifest);
  const { findings } = judge(manifest, yardstick, drafts, across.look(manifest));
  if (!posture.waivers.length) return { manifest, path, findings };
  const waivers = new Waivers(posture);
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
