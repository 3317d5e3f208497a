import { SecureNamespace } from '../../../src';
import { LivePod } from './live-pod';

/** Something that an application does, which shows that it works. */
export interface Action {
  readonly title: string;
  /** Does it; throws where that fails. */
  readonly run: (pod: LivePod) => void | Promise<void>;
}

/** What fails once a folder is taken away: by itself, or since the container does not even start. */
export interface Witness extends Action {
  /** What the failure or the container's log says then, so that it is known to fail for want of the folder. */
  readonly says: RegExp;
}

/** An image at its work in a workload of ours. */
export interface Subject {
  readonly title: string;
  /** The namespace's name; those from which a folder was taken have it as prefix. */
  readonly name: string;
  /** The user that the container's processes are to have. */
  readonly user: number;
  readonly group: number;
  /** Writes the workload, named like the subject, and what it needs. */
  readonly write: (namespace: SecureNamespace) => void;
  /** What it does besides what the witnesses show, in this order, before them. */
  readonly work: readonly Action[];
  /** For each folder that the container can write to, what fails without it. */
  readonly witnesses: { readonly [path: string]: Witness };
}
