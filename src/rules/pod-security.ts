import { podPart } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { Posture } from '../posture/posture';
import { BUILT_IN } from '../posture/workload-defaults';
import { Knowledge } from './knowledge';
import { POD_RULES } from './pod';
import { PodRule, StillPod, breaches } from './pod-rule';
import { Violation } from './rule';

/** A level of the Pod Security Standards. */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** A breach of a control, and the rule that holds it. */
export interface ControlBreach {
  readonly rule: PodRule;
  readonly violation: Violation;
}

/** Nothing is known but the manifest. */
const NOTHING: Posture = { ...BUILT_IN, where: '', today: '', kubernetesMinor: 0, profiles: [], mirrors: {}, waivers: [] };

const BASELINE = POD_RULES.filter(({ controls }) => controls?.pss?.level === 'baseline');
const RESTRICTED = POD_RULES.filter(({ controls }) => controls?.pss);

/** The rules of a level: those of `restricted` are those of `baseline`, too. */
export function rulesOf(level: PodSecurityLevel): readonly PodRule[] {
  return level === 'restricted' ? RESTRICTED : level === 'baseline' ? BASELINE : [];
}

/**
 * What Pod Security has against a pod, for one minor version of Kubernetes, as its admission plugin says it.
 *
 * A control that a stricter one overrides is left out where that one speaks, and counts where it does not:
 * what is denied at `baseline` is denied at `restricted`.
 */
export function podSecurity(manifest: Manifest, level: PodSecurityLevel, minor: number): ControlBreach[] {
  const pod = podOf(manifest);
  if (!pod) return [];
  const knowledge = new Knowledge(NOTHING, {}, [minor], false);
  const found = rulesOf(level).flatMap(rule => breaches(rule, pod, knowledge).map(violation => ({ rule, violation })));
  const overridden = new Set(found.map(({ rule }) => rule.controls!.pss!.overrides));
  return found.filter(({ rule }) => !overridden.has(rule.controls!.pss!.control));
}

/** Tells whether Pod Security has nothing against a pod; asks no further once it has. */
export function meets(manifest: Manifest, level: PodSecurityLevel, minor: number): boolean {
  const pod = podOf(manifest);
  const knowledge = new Knowledge(NOTHING, {}, [minor], false);
  // A control that is overridden is so by one that speaks: something is said in any case.
  return !pod || rulesOf(level).every(rule => breaches(rule, pod, knowledge).length === 0);
}

function podOf(manifest: Manifest): StillPod | undefined {
  const part = podPart(manifest);
  return part && new StillPod(part.spec, part.meta, part.field, manifest.kind);
}
