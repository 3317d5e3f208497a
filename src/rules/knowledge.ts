import { Fault } from '../kube/faults';
import { Container } from '../kube/pod-spec';
import { remembered } from '../kube/remembered';
import { Posture } from '../posture/posture';
import { ResolvedProfile, resolveProfile } from '../posture/resolve-profile';
import { Claims, ContainerClaims } from './harden/claims';
import type { Parameters } from './parameters';

const questionOf = remembered(() => ({}));

/** Everything that the hardening of one workload may know. */
export class Knowledge {
  /** Whatever no rule can be waived for: wrong or missing input. */
  public readonly faults: Fault[] = [];
  /** Stands for what is asked of rules: the same for the same versions. */
  public readonly question: object;
  private readonly resolved = new Map<string, ResolvedProfile | undefined>();

  constructor(
    public readonly posture: Posture,
    public readonly claims: Claims,
    /** The minor versions of Kubernetes to judge for. */
    public readonly minors: readonly number[],
    /** The manifest is being written, not judged: what was set on purpose is spoken of once, by the rule that says most, and relaxations are not followed. */
    public readonly authoring: boolean,
    /** What the organisation decided for rules that only judges ask. */
    public readonly parameters: Parameters = {},
    /** Tells whether a rule is asked, so that another may leave it to that one to speak. */
    public readonly isAsked: (rule: string) => boolean = () => true,
  ) {
    this.question = questionOf(`${minors.join()} ${authoring}`);
  }

  /** What is known of a container besides its JSON. */
  public of(container: Container): ContainerClaims {
    return this.claims.containers?.[container.name] ?? {};
  }

  /** The profile of a container's image, if it has one and the user has not switched it off. */
  public profile(container: Container): ResolvedProfile | undefined {
    const key = container.name;
    if (!this.resolved.has(key)) {
      const { useProfile = true, features = [] } = this.of(container);
      this.resolved.set(key, useProfile ? resolveProfile(container, features, this.posture.profiles, this.posture.mirrors) : undefined);
    }
    return this.resolved.get(key);
  }

  /** Notes wrong input; the whole list is thrown at the end. */
  public fault(id: string, what: string, advice: string): void {
    this.faults.push(new Fault({ where: this.posture.where, what, id, advice }));
  }
}
