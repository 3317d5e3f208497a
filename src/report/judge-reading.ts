import { Problem } from '../kube/reading/problem';
import { ReadObject, Reading } from '../kube/reading/read';
import { AlikeManifests } from '../rules/alike-manifests';
import { Across, AuditFinding, Yardstick, judge, lookAcross, objectOf, rulesAsked } from '../rules/audit';
import type { Fix } from '../rules/mend/fixes';
import { PodSecurityLevel } from '../rules/pod-security';
import { CheckAnswer, PlacedFinding, PlacedWaiver, answerOf } from './answer';

/** What is said of findings besides what the rules say. */
export interface Besides {
  /** What would mend a finding. @default - nobody asks */
  readonly fixOf?: (object: ReadObject, finding: AuditFinding) => Fix | undefined;
  /** Whether it is said how many pods meet which level. @default true */
  readonly countsLevels?: boolean;
  /**
   * Whether what was judged is let go of: of a cluster it takes more memory than all that is said of it. Nobody may ask
   * for the objects afterwards, and formats that name what is clean do.
   *
   * @default false
   */
  readonly forgets?: boolean;
  /** Told again and again how many objects of how many are judged. @default - nobody */
  readonly onProgress?: (done: number, all: number) => void;
  /** The path of the construct that wrote an object, where that is known. */
  constructOf(object: ReadObject): string | undefined;
}

const FORGOTTEN: ReadObject = { manifest: { apiVersion: '', kind: '', metadata: {} }, source: { file: '', document: 0, path: '', locate: () => ({ line: 0, column: 0, endLine: 0, endColumn: 0 }) } };

/** Judges what was read, each finding at its place. */
export function judgeReading({ objects, documents, problems }: Reading, yardstick: Yardstick, besides: Besides): CheckAnswer {
  const { constructOf, fixOf, countsLevels = true, forgets = false, onProgress } = besides;
  const findings: PlacedFinding[] = [];
  const waivers: PlacedWaiver[] = [];
  const levels: { [level in PodSecurityLevel]?: number } = {};
  const unjudged: Problem[] = [];
  const together = { ...yardstick, alike: yardstick.alike ?? new AlikeManifests() };
  const across = acrossAll(objects, together, unjudged);
  if (forgets) documents.length = 0;
  objects.forEach((object, i) => {
    const { manifest, source: { file, document, locate } } = object;
    onProgress?.(i, objects.length);
    try {
      const judgement = judge(manifest, together, across.get(manifest), across.look(manifest));
      const { findings: its, waivers: written } = judgement;
      const level = countsLevels ? judgement.level() : undefined;
      if (level) levels[level] = (levels[level] ?? 0) + 1;
      const construct = its.length || written.length ? constructOf(object) ?? null : null;
      const sourceOf = ({ field }: { readonly field: string }) => {
        const { line, column, endLine, endColumn } = locate(field);
        return { file, document, line, column, endLine, endColumn, construct };
      };
      for (const finding of its) {
        const fix = fixOf && (() => fixOf(object, finding));
        findings.push(Object.assign(finding, { source: sourceOf(finding), fix }));
      }
      for (const waiver of written) waivers.push({ ...waiver, object: objectOf(manifest), source: sourceOf(waiver) });
    } catch (error) {
      // A mistake of ours; it may hide no finding in the other objects, nor pass for a clean one.
      unjudged.push({ file, line: locate().line, message: `it could not be judged (${(error as Error).message}). Please report it.` });
    }
    if (!forgets) return;
    objects[i] = FORGOTTEN;
    across.forget(manifest);
  });
  const { pack, minor } = yardstick;
  return answerOf({ pack: pack.name, kubernetes: `1.${minor}`, rules: rulesAsked(pack) }, objects, findings, [...problems, ...unjudged], { levels, waivers });
}

/** What the manifests show only beside each other. A mistake of ours may not hide what each of them shows alone. */
function acrossAll(objects: Reading['objects'], yardstick: Yardstick, unjudged: Problem[]): Across {
  try {
    return lookAcross(objects.map(({ manifest }) => manifest), yardstick);
  } catch (error) {
    const [first] = objects;
    unjudged.push({ file: first.source.file, line: 0, message: `the manifests could not be judged together (${(error as Error).message}). Please report it.` });
    return new Across(yardstick);
  }
}
