/** What an organisation decides for rules that cannot know it. */
export interface Parameters {
  /** Registries, with or without a path, from which images may come: `registry.example.org/team`. @default - any */
  readonly allowedRegistries?: readonly string[];
  /** The lowest user and group id that counts as no user of the node. @default 10000 */
  readonly minimumUid?: number;
}

/** The lowest user id that scanners accept: nodes have users of their own below. */
export const MINIMUM_UID = 10000;
