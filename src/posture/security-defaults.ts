import type { IConstruct } from 'constructs';
import { checkDate } from '../kube/dates';
import { Fault, didYouMean } from '../kube/faults';
import { copy } from '../kube/json';
import { checkKubernetesVersion } from '../kube/versions';
import { checkDefaults } from './check-defaults';
import { ClusterProfile } from './cluster-profile';
import { ImageProfile } from './image-profile';
import { isValidatedAgain, watchSynthesis } from './synthesis';
import { store, stored, waiverUsers } from './trait';
import { Waiver, checkWaiver } from './waiver';
import { WORKLOAD_KEYS, WorkloadDefaults } from './workload-defaults';

/**
 * What an organisation decides once for all apps, and a team for its own.
 */
export interface SecurityDefaultsProps extends WorkloadDefaults {
  /**
   * The day that decides whether a waiver has expired, as YYYY-MM-DD. It decides whether synthesis passes,
   * never what is written.
   *
   * @default - the environment variable HARDENED_TODAY, else the clock
   */
  readonly today?: string;

  /**
   * The Kubernetes version of the oldest cluster that the manifests are for, as `1.30`.
   *
   * @default - that of the cluster's profile, else '1.27'
   */
  readonly kubernetesVersion?: string;

  /**
   * The cluster that the manifests are for: what is known of its network, and where its DNS, its API server and
   * what else it runs are found.
   *
   * @default - none: DNS is asked of pods labelled `k8s-app: kube-dns` in `kube-system`, and no other flow to
   * what the cluster runs is written by itself
   */
  readonly cluster?: ClusterProfile;

  /**
   * Profiles of one's own images; they win over those of outer scopes and the built-in ones.
   *
   * @default - the built-in profiles
   */
  readonly imageProfiles?: ImageProfile[];

  /**
   * Where the images of a mirror come from, so that their profile is found:
   * `{ 'registry.acme.example/hub': 'docker.io' }`.
   *
   * @default - no mirrors
   */
  readonly imageMirrors?: { [mirror: string]: string };
}

/**
 * A handle on what is decided at one scope: the app for an organisation, a chart for a team, or a workload.
 *
 * Values merge from the root of the tree to the workload when the app is synthesized, property by property,
 * so it does not matter whether they are set before or after the workloads are made.
 *
 * @example
 * declare const app: cdk8s.App;
 * SecurityDefaults.of(app).set({ memoryLimit: '512Mi', runAsUser: 10001, runAsGroup: 10001 });
 */
export class SecurityDefaults {
  /**
   * The handle of a scope.
   */
  public static of(scope: IConstruct): SecurityDefaults {
    return new SecurityDefaults(scope);
  }

  private readonly scope: IConstruct;

  private constructor(scope: IConstruct) {
    this.scope = scope;
  }

  /**
   * Sets what is given at this scope, over what was set here before; lists are replaced, but image profiles
   * are added.
   *
   * @throws a fault where a value is none that Kubernetes would take: a quantity, an id, a name, a date, a version.
   */
  public set(props: SecurityDefaultsProps): SecurityDefaults {
    const where = this.scope.node.path;
    checkDefaults(where, props);
    const part = store(this.scope);
    if (props.today !== undefined) part.today = checkDate(where, 'today', props.today);
    if (props.kubernetesVersion !== undefined) part.kubernetes = checkKubernetesVersion(where, props.kubernetesVersion);
    if (props.cluster !== undefined) part.cluster = copy(props.cluster._facts);
    part.imageProfiles.unshift(...(props.imageProfiles ?? []).map(profile => copy(profile.props)));
    Object.assign(part.imageMirrors, props.imageMirrors);
    for (const key of WORKLOAD_KEYS) {
      if (props[key] !== undefined) part.defaults = { ...part.defaults, [key]: copy(props[key]) };
    }
    return this;
  }

  /**
   * Grants an exception to everything at and below this scope.
   *
   * @throws a fault where rule, reason or owner is missing, or the date is none. A waiver that has expired or
   * that nothing needs fails at synthesis.
   */
  public waive(waiver: Waiver): SecurityDefaults {
    const part = store(this.scope);
    if (!part.waivers.length) {
      // Whoever finds its objects at synthesis has to have found them before they are asked.
      watchSynthesis(this.scope);
      this.scope.node.addValidation({ validate: () => isValidatedAgain(this.scope) ? [] : unneeded(this.scope) });
    }
    part.waivers.push(checkWaiver(this.scope.node.path, waiver));
    return this;
  }
}

/** Messages for the waivers of a scope that no workload below it needs. */
function unneeded(scope: IConstruct): string[] {
  const open = new Set(stored(scope)!.waivers);
  const ruleIds = new Set<string>();
  for (const user of waiverUsers(scope)) {
    if (!open.size) break;
    user.waiversUsed().forEach(waiver => open.delete(waiver));
    user.ruleIds.forEach(id => ruleIds.add(id));
  }
  return [...open].map(({ rule }) => new Fault({
    where: scope.node.path,
    what: `nothing below needs the waiver of '${rule}'`,
    id: 'waiver-unmatched',
    advice: ruleIds.has(rule) ? 'Remove it.' : `There is no such rule. ${didYouMean(rule, [...ruleIds])}`,
  }).message);
}
