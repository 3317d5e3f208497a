import { PREFIX, waiverAnnotation } from '../kube/annotations';
import { Json, isObject } from '../kube/json';
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

/** The waivers of an object, from its own annotations, never from those of its pod template. */
export function writtenWaivers({ metadata }: Manifest, today: string): { waivers: WrittenWaiver[]; broken: BrokenWaiver[] } {
  const waivers: WrittenWaiver[] = [];
  const broken: BrokenWaiver[] = [];
  for (const [key, text] of Object.entries(metadata.annotations ?? {})) {
    if (!key.startsWith(PREFIX) || !key.startsWith(START)) continue;
    const field = `metadata.annotations[${key}]`;
    try {
      const value = JSON.parse(text) as Json;
      for (const item of Array.isArray(value) ? value : [value]) {
        if (!isObject(item)) throw new Error('it is no JSON object');
        const waiver = checkWaiver(field, { ...item, rule: key.slice(START.length) } as unknown as Waiver);
        waivers.push({ waiver, expired: isExpired(waiver, today), field });
      }
    } catch (error) {
      broken.push({ field, what: (error as Error).message });
    }
  }
  return { waivers, broken };
}
