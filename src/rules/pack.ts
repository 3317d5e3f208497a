import { Fault, didYouMean } from '../kube/faults';
import { copy } from '../kube/json';
import { Severity } from '../kube/severity';
import { choosePack } from './choose-pack';
import { CIS_VERSIONS } from './controls';
import { MANIFEST_RULES } from './manifest';
import type { ManifestView } from './manifest-rule';
import { Rule } from './own-rule';
import { violationsOf } from './own-violations';
import { PACKS, RulePack, packNamed, rulesIn } from './packs';

/**
 * A choice of rules: which are asked, and how much each weighs. What the API server refuses by itself (fields that it does
 * not know, APIs that were removed) is said under every pack.
 *
 * A pack is never changed: each method gives another one.
 *
 * @example
 * const pack = rules.Pack.hardened().without('pod-probes').severity('pod-memory-limit', rules.Severity.ERROR);
 * Hardening.of(app).check({ pack });
 */
export class Pack {
  /** Everything that this library holds: the default. */
  public static hardened(): Pack {
    return new Pack(PACKS[0]);
  }

  /** Pod Security Standards, baseline: exactly what Kubernetes' own admission plugin says. */
  public static pssBaseline(): Pack {
    return new Pack(packNamed('pss-baseline')!);
  }

  /** Pod Security Standards, restricted: exactly what Kubernetes' own admission plugin says. */
  public static pssRestricted(): Pack {
    return new Pack(packNamed('pss-restricted')!);
  }

  /**
   * The CIS Kubernetes Benchmark, as far as it can be read off manifests.
   *
   * @param version such as `1.10`; the newest that is known, if not said
   * @throws a fault where the version is not known (`pack-unknown`)
   */
  public static cis(version?: string): Pack {
    const pack = packNamed(version === undefined ? 'cis' : `cis-${version}`);
    if (pack) return new Pack(pack);
    throw new Fault({ where: '', what: `version '${version}' of the CIS benchmark is not known here`, id: 'pack-unknown', advice: `Known are: ${CIS_VERSIONS.join(', ')}.` });
  }

  /** The NSA/CISA Kubernetes Hardening Guidance, as far as it can be read off manifests. */
  public static nsa(): Pack {
    return new Pack(packNamed('nsa')!);
  }

  /**
   * Some rules of this library, by their ids, or whole packs by their names (`pss-restricted`): what any of them has is asked.
   *
   * @throws a fault where there is no such rule and no such pack (`pack-unknown`)
   */
  public static of(ids: string[]): Pack {
    return new Pack(choosePack(() => '', { names: ids }));
  }

  /**
   * The rules.
   * @internal
   */
  public readonly _rules: RulePack;

  private constructor(pack: RulePack) {
    this._rules = pack;
  }

  /** The name of the pack that it began as: `hardened`; `pod-seccomp,pod-privileged` for some rules. */
  public get name(): string {
    return this._rules.name;
  }

  /** The ids of its rules, sorted. */
  public get ruleIds(): string[] {
    return rulesIn(this._rules).map(({ id }) => id).sort();
  }

  /**
   * The pack with rules of one's own.
   *
   * @throws a fault where a rule of that id is there already (`rule-twice`)
   */
  public plus(...rules: Rule[]): Pack {
    const known = new Set([...rulesIn(PACKS[0]), ...MANIFEST_RULES, ...rulesIn(this._rules)].map(({ id }) => id));
    const objects = rules.map(rule => {
      const { id, title, advice, severity, kinds } = rule;
      if (known.has(id)) throw new Fault({ where: '', what: `there is a rule '${id}' already`, id: 'rule-twice', advice: 'Give yours another id.' });
      known.add(id);
      const check = ({ manifest }: ManifestView) => violationsOf(rule, copy(manifest));
      return { id, title, advice, severity, kinds, readsNames: true, check };
    });
    return new Pack({ ...this._rules, objects: [...this._rules.objects, ...objects] });
  }

  /**
   * The pack without some rules, for everybody; an exception for one object is a waiver.
   *
   * @throws a fault where it has no such rule (`rule-unknown`)
   */
  public without(...ids: string[]): Pack {
    ids.forEach(id => checkId(id, this.decidable));
    const left = <T extends { readonly id: string }>(rules: readonly T[]) => rules.filter(({ id }) => !ids.includes(id));
    const { pods, rbac, objects, sets, off = [] } = this._rules;
    return new Pack({ ...this._rules, pods: left(pods), rbac: left(rbac), objects: left(objects), sets: left(sets), off: new Set([...off, ...ids]) });
  }

  /**
   * The pack with another weight of a rule.
   *
   * @throws a fault where it has no such rule (`rule-unknown`)
   */
  public severity(id: string, severity: Severity): Pack {
    checkId(id, this.decidable);
    return new Pack({ ...this._rules, severities: new Map([...this._rules.severities ?? [], [id, severity]]) });
  }

  /** What the API server holds is asked under every pack, and may be decided on, too. */
  private get decidable(): string[] {
    return [...this.ruleIds, ...MANIFEST_RULES.map(({ id }) => id)];
  }
}

function checkId(id: string, known: readonly string[]): void {
  if (known.includes(id)) return;
  throw new Fault({ where: '', what: `there is no rule '${id}' in the pack`, id: 'rule-unknown', advice: didYouMean(id, known) });
}
