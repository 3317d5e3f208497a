import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { sorted } from '../kube/json';
import { markWaiverUser } from '../posture/trait';
import { Finding } from '../rules/harden/finding';
import { Refusal } from '../rules/harden/refusal';
import { LEVEL_RULE } from '../rules/level/namespace-pod-security';
import { Verdict, judgeAdmission } from './admission';
import { Contents } from './contents';
import { Admission } from './hindered-pods';
import { podSecurityLabels, withLabels } from './pod-security-labels';
import { stageFindings } from './stage-findings';
import { strays, takeIn } from './strays';

/**
 * Where a namespace is written, at synthesis: what is decided for the construct tree and what lies in the namespace
 * are known by then.
 */
export class NamespaceSeam {
  constructor(
    private readonly construct: Construct,
    private readonly object: ApiObject,
    private readonly contents: Contents,
    private readonly asked: Admission,
  ) {
    const toJson = object.toJson.bind(object);
    object.toJson = () => this.written(toJson());
    markWaiverUser(construct, { ruleIds: [LEVEL_RULE], waiversUsed: () => this.verdict().waiversUsed });
  }

  public findings(): Finding[] {
    takeIn(this.construct, this.object.name);
    const verdict = this.verdict();
    if (verdict.faults.length) throw new Refusal([{ findings: [], faults: verdict.faults }]);
    return [...verdict.findings, ...stageFindings(this.asked, verdict.hindered, this.contents)];
  }

  private verdict(): Verdict {
    return judgeAdmission(this.construct, this.object.name, this.asked, this.contents);
  }

  private written(json: ReturnType<ApiObject['toJson']>): object {
    const { enforced, kubernetesMinor, annotations, faults } = this.verdict();
    const labels = withLabels(this.construct.node.path, json.metadata.labels, podSecurityLabels(enforced, kubernetesMinor));
    const all = [...strays(this.construct, this.object.name), ...faults];
    if (all.length) throw new Refusal([{ findings: [], faults: all }]);
    return {
      ...json,
      metadata: sorted({
        ...json.metadata,
        // A namespace lies in no namespace; cdk8s writes that of the chart.
        namespace: undefined,
        labels,
        ...(Object.keys(annotations).length && { annotations: { ...json.metadata.annotations, ...annotations } }),
      }),
    };
  }
}
