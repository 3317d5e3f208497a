import type { IConstruct } from 'constructs';
import { AuditReport } from '../rules/audit-report';
import { Pack } from '../rules/pack';
import { FailOn, HardeningOptions } from './hardening-options';
import { reportOf } from './report';
import { storeSettings } from './settings';
import { watchTree } from './tree';

/**
 * Holds everything under a scope to the rules, whoever wrote it: constructs of any version of cdk8s-plus, objects of one's
 * own, what `Include` and `Helm` bring.
 *
 * It does not matter whether objects are made before or after, nor what JSON patches are laid on them later: what counts is
 * what would be written. The nearest scope at which something was asked for decides. Workloads of this library are
 * hardened by themselves, and judged as all others are.
 *
 * Where cdk8s validates an app anew for each of its charts, one with a hardening is validated a few times in all.
 *
 * @example
 *
 * new cdk8s.Include(chart, 'theirs', { url: 'theirs.yaml' });
 * Hardening.of(chart).enforce();
 */
export class Hardening {
  /**
   * The hardening of a scope: an app, a chart, or any construct.
   */
  public static of(scope: IConstruct): Hardening {
    return new Hardening(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Hardens pods under the scope as workloads of this library are hardened, with the `SecurityDefaults` of their scopes:
   * what nobody has set is set, and what somebody has set to something weaker stops synthesis unless a waiver allows it.
   * Everything is judged then, as by `check`.
   *
   * Kinds of other people are hardened where their controllers take a pod as it stands (Rollout, ScaledJob, CloneSet and
   * others), and only judged elsewhere.
   *
   * @param options rules, and what stops synthesis
   */
  public enforce(options: HardeningOptions = {}): Hardening {
    return this.settle(true, options);
  }

  /**
   * Judges what is under the scope and changes nothing, but that waivers are written as annotations. Findings are attached
   * to their constructs: `app.synth()` fails with all of them at once.
   *
   * @param options rules, and what stops synthesis
   */
  public check(options: HardeningOptions = {}): Hardening {
    return this.settle(false, options);
  }

  /**
   * What there is to say now of what is under the scope, as it would be written: also warnings, and what waivers allow.
   * Where nothing was asked for, neither here nor above, it is judged by `Pack.hardened()`.
   */
  public report(): AuditReport {
    return reportOf(this.scope);
  }

  private settle(enforces: boolean, { pack = Pack.hardened(), failOn = FailOn.ERROR }: HardeningOptions): Hardening {
    storeSettings(this.scope, { version: 1, enforces, failOn, pack: pack._rules });
    watchTree(this.scope);
    return this;
  }
}
