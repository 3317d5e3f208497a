import { waiverAnnotation } from '../kube/annotations';
import { Fault } from '../kube/faults';
import { describe } from '../kube/kinds';
import { Waiver } from '../posture/waiver';
import { Hindrance } from '../rules/level/hindrances';
import { HinderedPod } from './hindered-pods';
import { EnforcedLevel, PodSecurityLevel } from './pod-security-level';

/** The namespace that messages are about. */
export interface Place {
  /** Its construct path. */
  readonly where: string;
  readonly name: string;
}

const HARDENED = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'];

/** A pod that the API server would refuse, or for which a level would fall without a waiver. */
export function podRefused(place: Place, pod: HinderedPod, level: PodSecurityLevel, enforced: EnforcedLevel): Fault {
  const isComputed = level === PodSecurityLevel.STRICTEST;
  return new Fault({
    where: pod.where,
    what: isComputed
      ? `the namespace '${place.name}' would have to enforce less for the pods of ${describe(pod.manifest)}, and they carry no waiver for it: ${breaches(pod)}`
      : `the namespace '${place.name}' enforces Pod Security '${enforced}', and the API server would refuse the pods of ${describe(pod.manifest)}: ${breaches(pod)}`,
    id: 'namespace-refuses-pod',
    advice: waysOut(place, pod, isComputed),
  });
}

/** What keeps a pod from a level, with the fields and the rules that hold the controls. */
export function breaches({ hindrances }: HinderedPod): string {
  return hindrances.map(({ field, what, rule, waiver }) => `${field}: ${what} (${rule}${waiver ? ', waived' : ''})`).join('; ');
}

function waysOut({ where }: Place, pod: HinderedPod, isComputed: boolean): string {
  const { kind } = pod.manifest;
  const [waived, unwaived] = [true, false].map(is => pod.hindrances.some(({ waiver }) => (waiver !== undefined) === is));
  const mend = `Make it a ${HARDENED.includes(kind) ? `Hardened${kind}` : 'hardened workload'}, or mend its pods`;
  const elsewhere = 'put it into another namespace';
  if (isComputed) {
    const annotation = waiverAnnotation(pod.hindrances[0].rule);
    return `${mend}, or ${elsewhere}, or grant a waiver: on a hardened workload by waive({ rule, reason, owner }), on others by the annotation '${annotation}': '{"reason":"…","owner":"…"}'.`;
  }
  return [
    waived && `A waiver does not move the API server: say { level: PodSecurityLevel.STRICTEST } on '${where}', ${elsewhere}, or do without what is waived.`,
    unwaived && `${mend}, or ${elsewhere}.`,
  ].filter(sentence => sentence).join(' ');
}

/** A level below `restricted` that nobody answers for. */
export function levelUnwaived({ where, name }: Place, level: EnforcedLevel, rule: string): Fault {
  return new Fault({
    where,
    what: `the namespace '${name}' is told to enforce Pod Security '${level}', which is less than 'restricted'`,
    id: 'namespace-level-unwaived',
    advice: `Say { level: PodSecurityLevel.STRICTEST }, so that it is lowered for pods with a waiver only, or say why: waivers: [{ rule: '${rule}', reason: '…', owner: '…' }].`,
  });
}

/** One waived breach that lowers the level of its namespace, and who answers for it. */
export interface Cause {
  readonly line: string;
  readonly waiver: Waiver;
}

/** Every waived breach of a pod, in one line each. */
export function causesOf({ manifest, hindrances }: HinderedPod): Cause[] {
  const one = ({ rule, field, what, waiver }: Hindrance) => waiver && {
    waiver,
    line: `${describe(manifest)}, ${field}: ${what} (${rule}, waived by ${waiver.owner}: ${waiver.reason.replace(/\s+/g, ' ')})`,
  };
  return hindrances.map(one).filter(cause => cause !== undefined);
}

/** Annotations of an object hold 256 KiB at most. */
const MOST_SHOWN = 50;

/** Why the level was lowered, for the reader of the namespace. */
export function whyLowered(level: EnforcedLevel, causes: readonly Cause[]): string {
  const lines = causes.slice(0, MOST_SHOWN).map(({ line }) => line);
  const rest = causes.length > MOST_SHOWN ? [`… and ${causes.length - MOST_SHOWN} more`] : [];
  return [`enforces '${level}' for:`, ...lines, ...rest].join('\n');
}
