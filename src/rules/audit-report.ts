import { Severity } from '../kube/severity';
import { Finding } from './harden/finding';
import { compareFindings, findingText } from './harden/finding-text';

/**
 * What the rules have to say of some objects.
 */
export class AuditReport {
  /** Everything that was found, by place: also what a waiver allows. */
  public readonly findings: Finding[];

  /**
   * @param findings in any order; what stands there twice is kept once
   */
  constructor(findings: Finding[]) {
    const byText = new Map(findings.map(finding => [findingText(finding), finding]));
    this.findings = [...byText.values()].sort(compareFindings);
  }

  /** The errors that no waiver allows. */
  public get errors(): Finding[] {
    return this.open(Severity.ERROR);
  }

  /** The warnings that no waiver allows. */
  public get warnings(): Finding[] {
    return this.open(Severity.WARNING);
  }

  /** What a waiver allows. */
  public get waived(): Finding[] {
    return this.findings.filter(({ waiver }) => waiver !== undefined);
  }

  /** The findings that no waiver allows, each as a line of text. */
  public toString(): string {
    return this.findings.filter(({ waiver }) => waiver === undefined).map(findingText).join('\n');
  }

  private open(severity: Severity): Finding[] {
    return this.findings.filter(finding => finding.severity === severity && finding.waiver === undefined);
  }
}
