/** What may be assumed of programs that nobody here knows. */
export const ASSUMPTIONS = ['user', 'capabilities', 'read-only-root', 'escalation', 'service-links', 'token'] as const;

/** One of them. */
export type Assumption = (typeof ASSUMPTIONS)[number];

/** Whether something may be mended, and on what ground. */
export type Ground =
  /** It breaks nothing, or what it needs is known. */
  | { readonly may: true; readonly assuming?: string }
  /** It may not; why, where a person wants to know. */
  | { readonly may: false; readonly why?: string };

export const YES: Ground = { may: true };
/** Somebody has decided otherwise, or there is nothing to do: no more is to be said than the finding says. */
export const NO: Ground = { may: false };

/** Not without a reason. */
export function no(why: string): Ground {
  return { may: false, why };
}

/** Only where it may be assumed; `what` is the assumption as the end of "assumed that …". */
export function assumed(allowed: ReadonlySet<Assumption>, assumption: Assumption, what: string): Ground {
  return allowed.has(assumption) ? { may: true, assuming: what } : no(`It is not known that ${what}; --assume=${assumption} goes by it.`);
}
