import { waiverAnnotation } from '../../kube/annotations';
import { Fault, didYouMean } from '../../kube/faults';
import { Severity } from '../../kube/severity';
import { Posture } from '../../posture/posture';
import { LaidWaiver, Waiver, isExpired } from '../../posture/waiver';
import { Violation } from '../rule';

/** The waivers of one workload at work: which is used for what. */
export class Waivers {
  private readonly used = new Set<Waiver>();
  private readonly expired = new Set<Waiver>();

  /** @param judged rules that judges alone ask: waivers of theirs that are laid on this very workload are kept for them */
  constructor(private readonly posture: Posture, judged: readonly string[] = []) {
    for (const { waiver, where } of judged.length ? posture.waivers : []) {
      if (where !== posture.where || !judged.includes(waiver.rule)) continue;
      this.used.add(waiver);
      if (isExpired(waiver, posture.today)) this.expired.add(waiver);
    }
  }

  /** The waiver that allows a breach, the nearest first; one for just that container before one for the pod. */
  public for(rule: string, violation: Violation): Waiver | undefined {
    const fitting = this.posture.waivers
      .map(({ waiver }) => waiver)
      .filter(waiver => waiver.rule === rule && (waiver.container === undefined || waiver.container === violation.container));
    const waiver = fitting.find(({ container }) => container !== undefined) ?? fitting[0];
    if (!waiver) return undefined;
    this.used.add(waiver);
    if (isExpired(waiver, this.posture.today)) {
      this.expired.add(waiver);
      return undefined;
    }
    return waiver;
  }

  /** The waivers that were used, expired ones included. */
  public get all(): Waiver[] {
    return [...this.used];
  }

  /** The annotations that carry the waivers in force: one object, or a list where several are for one rule. */
  public annotations(): { [key: string]: string } {
    if (!this.used.size) return {};
    const byRule = new Map<string, Waiver[]>();
    for (const waiver of this.used) {
      if (!this.expired.has(waiver)) byRule.set(waiver.rule, [...byRule.get(waiver.rule) ?? [], waiver]);
    }
    return Object.fromEntries([...byRule].map(([rule, waivers]) => {
      const texts = waivers.map(({ rule: _, ...rest }) => JSON.stringify(rest)).sort();
      return [waiverAnnotation(rule), texts.length === 1 ? texts[0] : `[${texts.join(',')}]`];
    }));
  }

  /** What is wrong with the waivers themselves: expired, or laid on this very workload and not needed. */
  public faults(ruleIds: readonly string[], usedElsewhere: readonly Waiver[] = []): Fault[] {
    if (!this.posture.waivers.length) return [];
    const expired = [...this.expired].map(({ rule, until, owner }) => new Fault({
      where: this.posture.where,
      what: `the waiver of '${rule}' expired on ${until}`,
      id: 'waiver-expired',
      advice: `Mend what it was for, or have ${owner} extend it.`,
    }));
    const isOwn = ({ where }: LaidWaiver) => where === this.posture.where;
    const unneeded = this.posture.waivers.filter(isOwn).filter(({ waiver }) => !this.used.has(waiver) && !usedElsewhere.includes(waiver));
    const unmatched = unneeded.map(({ waiver: { rule, container } }) => new Fault({
      where: this.posture.where,
      what: `nothing here needs the waiver of '${rule}'${container ? ` for container '${container}'` : ''}`,
      id: 'waiver-unmatched',
      advice: ruleIds.includes(rule) ? 'Remove it.' : `There is no such rule. ${didYouMean(rule, ruleIds)}`,
    }));
    return [...expired, ...unmatched];
  }
}

/** What to write to allow a breach. */
export function howToWaive(rule: string, severity: Severity, container: string | undefined): string {
  if (severity !== Severity.ERROR) return '';
  return ` To allow it all the same: waivers: [{ rule: '${rule}',${container ? ` container: '${container}',` : ''} reason: '…', owner: '…' }].`;
}
