import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { isGranted, watchGrants } from '../access/grants';
import { WorkloadRights } from '../access/workload-rights';
import { Fault, collect } from '../kube/faults';
import { copy } from '../kube/json';
import { podPart } from '../kube/kinds';
import { checkDnsSubdomain } from '../kube/names';
import { Manifest, PodSpec } from '../kube/pod-spec';
import { PortRange } from '../kube/ports';
import { checkQuantity } from '../kube/quantity';
import { DeclaredPort } from '../network/flow-end';
import { namespaceAt } from '../network/namespace-scope';
import { WorkloadNetwork } from '../network/workload-network';
import { Posture, postureOf } from '../posture/posture';
import { findProfile } from '../posture/resolve-profile';
import { SecurityDefaults } from '../posture/security-defaults';
import { markWaiverUser, store } from '../posture/trait';
import { Waiver, checkWaiver } from '../posture/waiver';
import { WORKLOAD_KEYS } from '../posture/workload-defaults';
import { Claims, ContainerClaims, SecretFolderClaim, TokenClaim } from '../rules/harden/claims';
import { Finding } from '../rules/harden/finding';
import { Hardened, WAIVABLE_RULES, harden, hardenInPlace } from '../rules/harden/harden';
import { Refusal } from '../rules/harden/refusal';
import { seamOf, wrapToJson } from '../rules/harden/seam';
import { SecretFolderOptions, ServiceAccountTokenOptions } from './container-options';
import { budgetDisruptions } from './disruption-budget';
import { FlowConnections } from './flow-connections';
import { FolderClaims, checkContainer } from './folder-claims';
import { HardenedOptions } from './hardened-options';
import { resolveAtOnce } from './kplus-json';
import { networkFindings } from './network-findings';
import { checkNameLength } from './placement';
import { PolicyRollOptions, rollOnPolicyChange } from './policy-roll';
import { secretFolder } from './secret-folder';
import { tokenClaim } from './token-claim';
import { filledIn } from './wishes';

/** What the core needs to know of the properties that its workload was made with. */
type CoreProps = HardenedOptions & PolicyRollOptions & kplus.AbstractPodProps & Pick<kplus.WorkloadProps, 'spread'>;

/** What all hardened workloads have in common; each holds one. */
export class WorkloadCore {
  public readonly network: WorkloadNetwork;
  public readonly folders: FolderClaims;
  public readonly rights: WorkloadRights;
  /** Set once an autoscaler targets the workload. */
  public hasAutoscaler = false;
  private readonly tokens: TokenClaim[] = [];
  private readonly secretFolders: SecretFolderClaim[] = [];
  private readonly roles: ApiObject[] = [];
  private readonly apiObject: ApiObject;

  constructor(private readonly pod: kplus.AbstractPod, private readonly props: CoreProps, replicas?: number) {
    const where = pod.node.path;
    checkNameLength(pod);
    if (props.dataSize !== undefined) checkQuantity(where, 'dataSize', props.dataSize);
    if (props.storageClassName !== undefined) checkDnsSubdomain(where, 'a StorageClass', props.storageClassName);
    this.apiObject = ApiObject.of(pod);
    this.folders = new FolderClaims(where);
    for (const path of props.tempFolders ?? []) this.folders.addTemp(path);
    for (const [container, { tempFolders = [] }] of Object.entries(props.containerOptions ?? {})) {
      for (const path of tempFolders) this.folders.addTemp(path, { containers: [container] });
    }
    this.keepPosture();
    this.network = this.makeNetwork();
    this.rights = this.makeRights();
    // cdk8s-plus offers no other way in.
    (pod as { connections: kplus.PodConnections } & kplus.AbstractPod).connections = new FlowConnections(pod, this.network);
    if (props.isolate) this.network.isolate();
    if (props.spread && pod instanceof kplus.Workload) this.spread(pod);
    if (replicas !== undefined) {
      budgetDisruptions({
        construct: pod,
        kind: pod.kind,
        name: pod.name,
        namespace: pod.metadata.namespace,
        podLabels: this.podLabels,
        several: () => this.hasAutoscaler || replicas > 1,
      });
    }
    watchGrants(pod);
    resolveAtOnce(this.apiObject);
    wrapToJson(this.apiObject, written => this.harden(written()));
    markWaiverUser(pod, { waiversUsed: () => this.outcome().waiversUsed, ruleIds: WAIVABLE_RULES });
  }

  /** What hardening makes of the workload as it is now. */
  public outcome(): Hardened {
    return seamOf(this.apiObject)!.harden();
  }

  /** What hardening has to say, where nothing is wrong with the input. */
  public get findings(): Finding[] {
    const outcomes = [this.outcome(), ...this.roleOutcomes()];
    const faults = outcomes.flatMap(outcome => outcome.faults);
    if (faults.length) throw new Refusal([{ findings: [], faults }]);
    const ofFlows = networkFindings(this.network.end, this.network.undeclaredPorts(), outcomes[0].manifest);
    return [...outcomes.flatMap(outcome => outcome.findings), ...ofFlows];
  }

  public addToken(options: ServiceAccountTokenOptions): void {
    this.tokens.push(tokenClaim(this.pod.node.path, options));
  }

  public addSecretFolder(path: string, secret: kplus.ISecret, options?: SecretFolderOptions): void {
    this.secretFolders.push(secretFolder(this.pod.node.path, path, secret, options));
  }

  /** Not by SecurityDefaults.waive: whether its own waivers are needed the workload itself can tell. */
  public waive(waiver: Waiver): void {
    store(this.pod).waivers.push(checkWaiver(this.pod.node.path, waiver));
  }

  private harden(manifest: Manifest): Hardened {
    const part = podPart(manifest);
    if (part && this.props.windows) {
      part.spec.os = { name: 'windows' };
      part.spec.nodeSelector = { 'kubernetes.io/os': 'windows', ...part.spec.nodeSelector };
    }
    if (part && this.props.rollOnPolicyChange) rollOnPolicyChange(this.pod, part);
    const faults: Fault[] = [];
    const hardened = hardenInPlace(manifest, this.claims(part?.spec, faults), postureOf(this.pod));
    return faults.length ? { ...hardened, faults: [...faults, ...hardened.faults] } : hardened;
  }

  private claims(spec: PodSpec | undefined, faults: Fault[]): Claims {
    const where = this.pod.node.path;
    const regular = (spec?.containers ?? []).map(({ name }) => name);
    const all = [...regular, ...(spec?.initContainers ?? []).map(({ name }) => name)];
    const folders = this.folders.byContainer(regular, all, faults);
    const options = this.props.containerOptions ?? {};
    for (const name of Object.keys(options)) collect(faults, () => checkContainer(where, name, all, 'containerOptions'));
    for (const { path, containers = [] } of this.secretFolders) {
      for (const name of containers) collect(faults, () => checkContainer(where, name, all, `the Secret at '${path}'`));
    }
    const made = new Map([...this.pod.containers, ...this.pod.initContainers].map(container => [container.name, container]));
    const containers = Object.fromEntries(all.map((name): [string, ContainerClaims] => {
      const container = made.get(name);
      return [name, {
        folders: folders.get(name),
        features: options[name]?.features,
        useProfile: options[name]?.useImageProfile,
        filledIn: container && filledIn(container),
      }];
    }));
    return {
      containers,
      dataSize: this.props.dataSize,
      storageClassName: this.props.storageClassName,
      apiToken: this.isGranted(),
      tokens: this.tokens,
      secretFolders: this.secretFolders,
      waiversUsed: this.roleOutcomes().flatMap(({ waiversUsed }) => waiversUsed),
      fsGroupChangePolicyFilledIn: this.props.securityContext?.fsGroupChangePolicy === undefined,
    };
  }

  private roleOutcomes(): Hardened[] {
    return this.roles.map(role => seamOf(role)!.harden());
  }

  private isGranted(): boolean {
    const account = this.pod.serviceAccount;
    return account !== undefined && isGranted(this.pod, account.name, this.pod.metadata.namespace);
  }

  private get podLabels(): { [key: string]: string } {
    const label = kplus.Pod.ADDRESS_LABEL;
    const address = this.pod.podMetadata.getLabel(label);
    return address === undefined ? {} : { [label]: address };
  }

  private makeNetwork(): WorkloadNetwork {
    const { pod } = this;
    const podLabels = () => this.podLabels;
    return new WorkloadNetwork({
      construct: pod,
      kind: pod.kind,
      name: pod.name,
      namespace: pod.metadata.namespace,
      get podLabels() {
        return podLabels();
      },
      allLabels: () => pod.podMetadata.toJson()?.labels ?? {},
      podAnnotations: () => pod.podMetadata.toJson()?.annotations ?? {},
      hostNetwork: () => pod.hostNetwork === true,
      asksApiServer: () => this.isGranted(),
      derivedFlows: this.props.derivedFlows,
      declaredPorts: () => pod.containers.flatMap(container => container.ports.map((port): DeclaredPort => (
        { port: port.number, protocol: port.protocol ?? 'TCP', name: port.name, container: container.name }
      ))),
      clientPorts: () => clientPorts(pod, postureOf(pod)),
    });
  }

  private makeRights(): WorkloadRights {
    const { pod } = this;
    return new WorkloadRights({
      construct: pod,
      kind: pod.kind,
      name: pod.name,
      namespace: pod.metadata.namespace,
      account: () => pod.serviceAccount!.name,
      landing: object => namespaceAt(object),
      made: role => {
        this.roles.push(role);
        wrapToJson(role, written => harden(written(), {}, postureOf(role)));
        markWaiverUser(role, { waiversUsed: () => seamOf(role)!.harden().waiversUsed, ruleIds: WAIVABLE_RULES });
      },
    });
  }

  private keepPosture(): void {
    const { pod, props } = this;
    const own = Object.fromEntries(WORKLOAD_KEYS.filter(key => props[key] !== undefined).map(key => [key, props[key]]));
    if (Object.keys(own).length) SecurityDefaults.of(pod).set(own);
    for (const waiver of props.waivers ?? []) this.waive(waiver);
  }

  private spread({ scheduling }: kplus.Workload): void {
    for (const topology of [kplus.Topology.HOSTNAME, kplus.Topology.ZONE]) scheduling.spread({ topology });
  }

}

function clientPorts(pod: kplus.AbstractPod, posture: Posture): PortRange[] | undefined {
  const profiles = pod.containers.flatMap(({ image }) => findProfile(image, posture.profiles, posture.mirrors) ?? []);
  if (!profiles.length) return undefined;
  return profiles.flatMap(({ clientPorts: client, ports = [] }) => client ?? (ports.length === 1 ? copy(ports) : [])).map(port => ({ protocol: 'TCP', port }));
}
