import { Waiver } from '../../posture/waiver';
import { FolderKind } from '../../posture/writable-folder';

/** A folder that somebody asked for. */
export interface FolderClaim {
  readonly path: string;
  readonly kind: FolderKind;
  readonly sizeLimit?: string;
  readonly medium?: string;
  /** For data: the name of an existing claim, or the size of the one to make. */
  readonly claimName?: string;
  readonly size?: string;
  readonly storageClassName?: string;
  readonly subPath?: string;
  /** The volume that several containers share. */
  readonly volume?: string;
}

/** What is known of a container besides its JSON. */
export interface ContainerClaims {
  readonly folders?: readonly FolderClaim[];
  /** Features of its image that are used: conditions of the profile's folders. */
  readonly features?: readonly string[];
  /** false where the user wants no image profile applied. */
  readonly useProfile?: boolean;
  /** What cdk8s-plus filled in by itself, so that it can be told from a wish. */
  readonly filledIn?: { readonly resources?: boolean; readonly startupProbe?: boolean; readonly imagePullPolicy?: boolean };
}

/** A token for a third party. */
export interface TokenClaim {
  readonly audience: string;
  readonly path: string;
  readonly expirationSeconds: number;
}

/** A Secret that is wanted as files. */
export interface SecretFolderClaim {
  readonly path: string;
  readonly secretName: string;
  /** The keys that are wanted; absent for all. */
  readonly keys?: readonly string[];
  readonly optional?: boolean;
  /** The containers by name; absent for every container that is no init container. */
  readonly containers?: readonly string[];
}

/** What is known of a workload besides its JSON: plain data that its construct recorded. */
export interface Claims {
  /** Others wrote it: its construct has no options of ours. */
  readonly foreign?: boolean;
  readonly containers?: { readonly [name: string]: ContainerClaims };
  /** The size of data folders that state none. */
  readonly dataSize?: string;
  readonly storageClassName?: string;
  /** Its service account was granted rights: it needs a token. */
  readonly apiToken?: boolean;
  readonly tokens?: readonly TokenClaim[];
  readonly secretFolders?: readonly SecretFolderClaim[];
  /** The waivers that the workload's roles use, which are laid on the workload as its own are. */
  readonly waiversUsed?: readonly Waiver[];
  /** cdk8s-plus filled in the policy for changing groups. */
  readonly fsGroupChangePolicyFilledIn?: boolean;
}
