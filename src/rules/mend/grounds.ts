import { Container, ContainerSecurity, Placed, isSidecar } from '../../kube/pod-spec';
import { isSeed } from '../harden/seeds';
import { Knowledge } from '../knowledge';
import { PodView } from '../pod-rule';
import { Assumption, Ground, NO, YES, assumed, no } from './assumptions';
import { callsSetuid, foreignVolume, isKnown, ownedByRoot, unfilledFolders, unmountedData } from './image-facts';

/** What may be mended in one container of somebody else's pod. It is asked before anything is changed. */
export class Grounds {
  private readonly security: ContainerSecurity;
  private readonly uid: number | undefined;
  private readonly isExplicitRoot: boolean;

  constructor(
    private readonly pod: PodView,
    private readonly placed: Placed,
    private readonly knowledge: Knowledge,
    private readonly allowed: ReadonlySet<Assumption>,
  ) {
    const general = pod.spec.securityContext ?? {};
    this.security = placed.container.securityContext ?? {};
    this.uid = this.security.runAsUser ?? general.runAsUser;
    // Whoever says that it may be root has decided, whether or not a number stands beside it.
    this.isExplicitRoot = this.security.privileged === true || this.uid === 0 || (this.security.runAsNonRoot ?? general.runAsNonRoot) === false;
  }

  /**
   * Whether the container may be held to be no root. A number other than 0 says so already. Else the image's profile
   * must: the start scripts of most images drop root by themselves and own what they write; where a volume stands in the
   * way of that, only its owner knows.
   */
  public user(): Ground {
    if (this.isExplicitRoot) return NO;
    if (this.uid !== undefined) return YES;
    // What copies files of an image is its user, too.
    if (isSeed(this.container)) return this.allowed.has('user') ? YES : NO;
    if (this.pod.windows) return this.assume('user', `the image of container '${this.container.name}' runs as a user other than the administrator`);
    if (this.lowPortOfTheNode) return no('A port below 1024 on the network of the node is open to root only.');
    const profile = this.knowledge.profile(this.container);
    if (!isKnown(this.container, profile) || profile.user === undefined) {
      const says = profile?.user !== undefined ? `runs as user ${profile.user}` : 'is made for a numeric user other than 0';
      return this.assume('user', `the image of container '${this.container.name}' ${says}`);
    }
    // Added for root: another user would come by none of them. Low ports are opened without.
    const adds = this.adds.filter(name => name !== 'NET_BIND_SERVICE');
    if (adds.length) return this.assume('user', `container '${this.container.name}' can do without ${adds.join(', ')}, which only root comes by`);
    const volume = foreignVolume(this.pod.spec, this.container);
    if (volume) return this.assume('user', `user ${profile.user} may write to volume '${volume.name}', which Kubernetes hands to nobody`);
    const owned = ownedByRoot(this.container, profile);
    if (owned) return this.assume('user', `the volume at '${owned.path}' belongs to user ${profile.user} already: a fresh one belongs to root (${Object.keys(owned.env!).join(', ')} can name a folder in it)`);
    return YES;
  }

  /** Whether user and group of the profile may be written: only where nobody has said any. */
  public ids(): Ground {
    return this.uid === undefined && !this.pod.windows ? this.user() : NO;
  }

  /**
   * Whether ALL may be dropped. Not even a process without any capability can do without knowledge: a program whose file
   * carries capabilities does not start where they are dropped. Root needs some of them for what it does as root.
   */
  public capabilities(): Ground {
    if (isSeed(this.container)) return YES;
    if (this.pod.windows || this.isExplicitRoot || this.security.capabilities?.drop?.length === 0) return NO;
    if (this.lowPortOfTheNode) return NO;
    if (this.isKnown && this.user().may && !this.adds.length) return YES;
    return this.assume('capabilities', `container '${this.container.name}' needs ${this.adds.length ? 'no capability but those added' : 'no capability'}`);
  }

  /** Whether the root may be read-only: where every folder that is written is known, and those with data lie on volumes. */
  public readOnlyRoot(): Ground {
    if (isSeed(this.container)) return YES;
    if (this.pod.windows || this.security.readOnlyRootFilesystem !== undefined || this.security.privileged) return NO;
    const profile = this.knowledge.profile(this.container);
    const [data] = unmountedData(this.placed, profile);
    // Claims are not invented: how large, and of which class, is nobody's to guess; without one the data are lost with the pod as before.
    if (data) return no(`The container keeps data in '${data.path}', and no volume is mounted there. Mount a claim at it, or an emptyDir if they may be lost with the pod.`);
    const [seeded] = unfilledFolders(this.container, profile);
    if (seeded && profile?.profile.hasCopyCommand === false) return no(`The folder '${seeded.path}' holds files of the image, which has no 'cp' to copy them into a volume.`);
    // No further container is made that may be root.
    if (seeded && this.isExplicitRoot) return no(`The folder '${seeded.path}' holds files of the image, which root would have to copy into a volume.`);
    if (this.isKnown && !profile!.versionGuessed && this.user().may) return YES;
    return this.assume('read-only-root', `container '${this.container.name}' writes to ${this.writes} only`);
  }

  /**
   * Whether escalation may be forbidden. It switches off setuid bits and capabilities of files, and takes nothing from
   * what runs already. Root gains nothing by a setuid bit; start scripts that step down from root (gosu, su-exec, setpriv)
   * do it by a system call, which stays. What is left are programs that step up, and capabilities added for a user
   * that is not root: only a file's own capabilities bring it those. SYS_ADMIN and privileged imply escalation.
   */
  public escalation(): Ground {
    if (isSeed(this.container)) return YES;
    if (this.security.privileged || this.security.allowPrivilegeEscalation !== undefined || this.adds.includes('SYS_ADMIN')) return NO;
    if (this.adds.length && this.uid !== 0) return this.assume('escalation', `no file of container '${this.container.name}' carries the capabilities that are added`);
    if (callsSetuid(this.container) && this.uid !== 0) return this.assume('escalation', `container '${this.container.name}' needs no program with a setuid bit`);
    return YES;
  }

  private get container(): Container {
    return this.placed.container;
  }

  private get isKnown(): boolean {
    return isKnown(this.container, this.knowledge.profile(this.container));
  }

  private get adds(): string[] {
    return (this.security.capabilities?.add ?? []).map(name => name.replace(/^CAP_/, ''));
  }

  /** On the node's network no pod may open low ports to others than root. */
  private get lowPortOfTheNode(): boolean {
    const stays = this.placed.list === 'containers' || isSidecar(this.placed);
    const declared = (this.container.ports ?? []).map(({ containerPort }) => containerPort);
    const ports = declared.length ? declared : this.knowledge.profile(this.container)?.ports ?? [];
    return this.pod.spec.hostNetwork === true && stays && ports.some(port => port < 1024);
  }

  private get writes(): string {
    const profile = this.knowledge.profile(this.container);
    const folders = profile ? profile.folders.map(({ path }) => path) : ['/tmp'];
    return [...folders, 'its volumes'].join(', ').replace(/, ([^,]*)$/, ' and $1');
  }

  private assume(assumption: Assumption, what: string): Ground {
    return assumed(this.allowed, assumption, what);
  }
}
