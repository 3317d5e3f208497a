import { waiverAnnotation } from '../kube/annotations';
import { Fault, didYouMean } from '../kube/faults';
import { Json, JsonObject, isObject } from '../kube/json';
import { podPart } from '../kube/kinds';
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
  /** What to do, where it is more than to write it as a waiver is written. */
  readonly advice?: string;
}

const START = waiverAnnotation('');
const MEANT = new RegExp(`^${START.slice(0, -2)}[a-z]*[.:/_-]?`, 'i');
/** What a waiver may say; the rule is in the annotation's key. */
const KEYS = ['reason', 'owner', 'container', 'until', 'ticket'];

/** The waivers of an object, from its own annotations, never from those of its pod template. */
export function writtenWaivers(manifest: Manifest, today: string): { waivers: WrittenWaiver[]; broken: BrokenWaiver[] } {
  const waivers: WrittenWaiver[] = [];
  const broken: BrokenWaiver[] = misplaced(manifest);
  for (const [key, text] of Object.entries(manifest.metadata.annotations ?? {})) {
    if (!isMeant(key)) continue;
    const field = `metadata.annotations[${key}]`;
    if (!key.startsWith(START)) {
      broken.push({ field, what: `the annotation '${key}' is none that is read`, advice: `Did you mean '${key.replace(MEANT, START)}'?` });
      continue;
    }
    for (const item of itemsOf(text)) {
      const waiver = isObject(item) ? waiverOf(item, key.slice(START.length), field) : { field, what: `the waiver '${key}' is no JSON object` };
      if ('what' in waiver) broken.push(waiver);
      else waivers.push({ waiver, expired: isExpired(waiver, today), field });
    }
  }
  return { waivers, broken };
}

/** What was meant for a waiver, however it is misspelt. */
function isMeant(key: string): boolean {
  return MEANT.test(key);
}

/** On a pod template they would roll the pods, so nobody reads them there. */
function misplaced(manifest: Manifest): BrokenWaiver[] {
  const part = podPart(manifest);
  if (!part?.meta.annotations || part.meta === manifest.metadata) return [];
  const place = part.field.replace(/spec$/, 'metadata.annotations');
  return Object.keys(part.meta.annotations).filter(isMeant).map(key => (
    { field: `${place}[${key}]`, what: `the waiver '${key}' stands on the pod template, where it is not read`, advice: `Move it to metadata.annotations of the ${manifest.kind}.` }
  ));
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
function waiverOf(item: JsonObject, rule: string, field: string): Waiver | BrokenWaiver {
  const unknown = Object.keys(item).find(key => !KEYS.includes(key));
  if (unknown !== undefined) return { field, what: `the waiver of '${rule}' says '${unknown}', which waivers do not have`, advice: didYouMean(unknown, KEYS) };
  const noText = KEYS.slice(2).find(key => key in item && typeof item[key] !== 'string');
  if (noText !== undefined) return { field, what: `the ${noText} of the waiver of '${rule}' is no text` };
  try {
    return checkWaiver(field, { ...item, rule } as unknown as Waiver);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { field, what: error.what, ...(error.id === 'date-invalid' && { advice: error.advice }) };
  }
}
