import { Fault } from '../kube/faults';
import { Json, copy } from '../kube/json';
import { objectsOf } from '../kube/reading/objects';
import { NEWEST_KUBERNETES, checkKubernetesVersion, minorOf } from '../kube/versions';
import { ambientToday } from '../posture/today';
import { judge, lookAcross } from './audit';
import { AuditReport } from './audit-report';
import { findingOf } from './finding-of';
import { Pack } from './pack';

/**
 * How manifests are judged.
 */
export interface AuditOptions {
  /**
   * The rules that are asked.
   *
   * @default Pack.hardened()
   */
  readonly pack?: Pack;

  /**
   * The version of Kubernetes that is judged for, as `1.30`.
   *
   * @default - the newest that is known
   */
  readonly kubernetesVersion?: string;

  /**
   * The day that decides whether a waiver has expired, as YYYY-MM-DD.
   *
   * @default - the environment variable HARDENED_TODAY, else the clock
   */
  readonly today?: string;
}

/**
 * Judges manifests, whoever wrote them, as `cdk8s-hardened check` does. What an app is about to write is judged by
 * `Hardening`, which names the constructs.
 *
 * @example
 * const report = rules.Audit.of(cdk8s.Testing.synth(chart), { pack: rules.Pack.pssRestricted() });
 * const errors = report.errors;
 */
export class Audit {
  /**
   * Judges manifests, alone and beside each other: a Service belongs to pods, a policy to those that it selects.
   *
   * @param manifests plain objects, as `Testing.synth` gives them; the items of Lists count each
   * @throws a fault where something is no object of Kubernetes (`manifest-invalid`)
   */
  public static of(manifests: any[], options: AuditOptions = {}): AuditReport {
    const { pack = Pack.hardened(), kubernetesVersion = NEWEST_KUBERNETES, today } = options;
    const yardstick = { pack: pack._rules, minor: minorOf(checkKubernetesVersion('', kubernetesVersion))!, today: today ?? ambientToday('') };
    const placed = manifests.flatMap((value: Json, i) => {
      const { items, flaws: [flaw] } = objectsOf(copy(value));
      if (flaw) throw new Fault({ where: `manifests[${i}]`, what: flaw.message.split(/\.(?= |$)/)[0], id: 'manifest-invalid', advice: 'Hand in what is applied to a cluster: plain objects with apiVersion and kind.' });
      return items.map(item => ({ ...item, where: `manifests[${i}]` }));
    });
    const across = lookAcross(placed.map(({ manifest }) => manifest), yardstick);
    return new AuditReport(placed.flatMap(({ manifest, path, where }) => (
      judge(manifest, yardstick, across.get(manifest), across.look(manifest)).findings.map(finding => findingOf(finding, where, path))
    )));
  }

  private constructor() {}
}
