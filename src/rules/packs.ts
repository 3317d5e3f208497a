import { Severity } from '../kube/severity';
import { CIS_VERSIONS, cisSection } from './controls';
import type { ManifestRule } from './manifest-rule';
import { OBJECT_RULES } from './object';
import { foreignSkips } from './object/foreign-skips';
import { POD_RULES } from './pod';
import { PodRule } from './pod-rule';
import { rulesOf } from './pod-security';
import { RBAC_RULES } from './rbac';
import { RbacRule } from './rbac-rule';
import { RuleHead } from './rule';
import { SET_RULES } from './set';
import type { SetRule } from './set-rule';
import { WORKLOAD_RULES } from './workload';

/** A named choice of rules, by what they are about. */
export interface RulePack {
  readonly name: string;
  readonly title: string;
  /** The rules about pods. */
  readonly pods: readonly PodRule[];
  /** The rules about the rights that roles give. */
  readonly rbac: readonly RbacRule[];
  /** The rules about other single objects. */
  readonly objects: readonly ManifestRule[];
  /** The rules about manifests that belong together. */
  readonly sets: readonly SetRule[];
  /** It is exactly what Kubernetes' own admission plugin says, and follows its relaxations. */
  readonly exact: boolean;
  /** Severities that were decided otherwise, by rule. @default - as the rules say */
  readonly severities?: ReadonlyMap<string, Severity>;
  /** Rules that are asked under every pack, and not here. @default - none */
  readonly off?: ReadonlySet<string>;
}

/** Every rule there is. */
const ALL = withForeign({ pods: [...POD_RULES, ...WORKLOAD_RULES], rbac: RBAC_RULES, objects: OBJECT_RULES, sets: SET_RULES });

/** The newest version of the CIS Kubernetes Benchmark that is known. */
const NEWEST_CIS = CIS_VERSIONS[CIS_VERSIONS.length - 1];

/** The packs, by name; the first is the default. */
export const PACKS: readonly RulePack[] = [
  { name: 'hardened', title: 'Everything this library holds', ...ALL, exact: false },
  { name: 'pss-baseline', title: 'Pod Security Standards, baseline', pods: rulesOf('baseline'), rbac: [], objects: [], sets: [], exact: true },
  { name: 'pss-restricted', title: 'Pod Security Standards, restricted', pods: rulesOf('restricted'), rbac: [], objects: [], sets: [], exact: true },
  cis('cis', NEWEST_CIS),
  ...CIS_VERSIONS.map(version => cis(`cis-${version}`, version)),
  chosen('nsa', 'NSA/CISA Kubernetes Hardening Guidance 1.2', ({ controls }) => controls?.nsa !== undefined),
];

/** The pack of a name; undefined where there is none. */
export function packNamed(name: string): RulePack | undefined {
  return PACKS.find(pack => pack.name === name);
}

/** Every rule of a pack, whatever it is about. */
export function rulesIn({ pods, rbac, objects, sets }: Pick<RulePack, 'pods' | 'rbac' | 'objects' | 'sets'>): readonly RuleHead[] {
  return [...pods, ...rbac, ...objects, ...sets];
}

/** The rule about what other scanners are told has to know every rule that asks the same. */
function withForeign<T extends Parameters<typeof rulesIn>[0]>(rules: T): T {
  return { ...rules, objects: [...rules.objects, foreignSkips(rulesIn(rules))] };
}

/** A pack of the rules that pass a test. */
export function chosen(name: string, title: string, isIn: (rule: RuleHead) => boolean): RulePack {
  const { pods, rbac, objects, sets } = ALL;
  return { name, title, pods: pods.filter(isIn), rbac: rbac.filter(isIn), objects: objects.filter(isIn), sets: sets.filter(isIn), exact: false };
}

function cis(name: string, version: string): RulePack {
  return chosen(name, `CIS Kubernetes Benchmark ${version}`, ({ controls = {} }) => cisSection(controls, version) !== undefined);
}
