import { waiverAnnotation } from '../kube/annotations';
import { Fault, didYouMean } from '../kube/faults';
import { Json, JsonObject, isObject } from '../kube/json';
import { Manifest } from '../kube/pod-spec';
import { Waiver, checkWaiver, isExpired } from '../posture/waiver';

/** A waiver that stands in a manifest. */
export interface WrittenWaiver {
  readonly waiver: Waiver;
  readonly expired: boolean;
  /** The field path of its annotation. */
  readonly field: string;
}

/** An annotation that was meant as a waiver and is none. */
export interface BrokenWaiver {
  readonly field: string;
  readonly what: string;
}

const START = waiverAnnotation('');
/** What a waiver may say; the rule is in the annotation's key. */
const KEYS = ['reason', 'owner', 'container', 'until', 'ticket'];

/** The waivers of an object, from its own annotations, never from those of its pod template. */
export function writtenWaivers({ metadata }: Manifest, today: string): { waivers: WrittenWaiver[]; broken: BrokenWaiver[] } {
  const waivers: WrittenWaiver[] = [];
  const broken: BrokenWaiver[] = [];
  for (const [key, text] of Object.entries(metadata.annotations ?? {})) {
    if (!key.startsWith(START)) continue;
    const field = `metadata.annotations[${key}]`;
    for (const item of itemsOf(text)) {
      const waiver = isObject(item) ? waiverOf(item, key.slice(START.length), field) : `the waiver '${key}' is no JSON object`;
      if (typeof waiver === 'string') broken.push({ field, what: waiver });
      else waivers.push({ waiver, expired: isExpired(waiver, today), field });
    }
  }
  return { waivers, broken };
}

/** One waiver, or a list where several are for one rule. */
function itemsOf(text: string): Json[] {
  try {
    const value = JSON.parse(text) as Json;
    return Array.isArray(value) && value.length ? value : [value];
  } catch {
    return [null];
  }
}

/** The waiver, or what is wrong with it. A misspelt end would be none. */
function waiverOf(item: JsonObject, rule: string, field: string): Waiver | string {
  const unknown = Object.keys(item).find(key => !KEYS.includes(key));
  if (unknown !== undefined) return `the waiver of '${rule}' says '${unknown}', which waivers do not have: ${didYouMean(unknown, KEYS)}`.replace(/[?.]$/, '');
  const noText = KEYS.slice(2).find(key => key in item && typeof item[key] !== 'string');
  if (noText !== undefined) return `the ${noText} of the waiver of '${rule}' is no text`;
  try {
    return checkWaiver(field, { ...item, rule } as unknown as Waiver);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.what;
  }
}
