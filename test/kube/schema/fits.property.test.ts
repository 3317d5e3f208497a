import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Json, JsonObject, copy, isObject } from '../../../src/kube/json';
import { podPart } from '../../../src/kube/kinds';
import { Manifest } from '../../../src/kube/pod-spec';
import { readInputs } from '../../../src/kube/reading/read';
import { SchemaFault } from '../../../src/kube/schema/fault';
import { Fit, fits } from '../../../src/kube/schema/fits';
import { Shapes } from '../../../src/kube/schema/shapes';
import { kinds } from '../../../src/kube/schema/table';
import { Walk } from '../../../src/kube/schema/walk';
import { sound } from '../../../src/kube/sound';

const EXAMPLES = join(__dirname, '../../rules/examples');
const manifests = readInputs(readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml')).map(file => join(EXAMPLES, file))).objects
  .map(({ manifest }) => manifest as JsonObject)
  .filter(({ apiVersion, kind }) => kinds().get(String(apiVersion))?.has(String(kind)));

/** `apps.v1.Deployment`. */
function typeOf({ apiVersion, kind }: JsonObject): string {
  const [version, group = 'core'] = String(apiVersion).split('/').reverse();
  return `${group.replace(/\..*$/, '')}.${version}.${String(kind)}`;
}

/** Every object and list within a value, itself included. */
function holders(value: Json): (JsonObject | Json[])[] {
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) as Json[] : [];
  return [...Array.isArray(value) || isObject(value) ? [value as JsonObject | Json[]] : [], ...inner.flatMap(holders)];
}

const values = fc.constantFrom<Json | undefined>(
  undefined, null, '', 'a', 'Always', '1Gi', '2020-01-01T00:00:00Z', 'YQ==', 0, 1, -1, 1.5, 2 ** 40, true, [], {}, [null], [''], ['a'], [1], [{}], [[null]], { a: 1 }, { a: null }, { name: 'a' },
);
const edits = fc.array(fc.record({ holder: fc.nat(), key: fc.nat(), name: fc.constantFrom(undefined, undefined, 'name', 'spec', 'typo', '__proto__'), value: values }), { maxLength: 2 });

/** The manifest with something written, or struck out, anywhere. */
function edited(manifest: JsonObject, changes: typeof edits extends fc.Arbitrary<infer T> ? T : never): JsonObject {
  const changed = copy(manifest);
  for (const { holder, key, name, value } of changes) {
    const all = holders(changed);
    const place = all[holder % all.length] as JsonObject;
    const keys = Object.keys(place);
    const field = name !== undefined && !Array.isArray(place) ? name : keys[key % (keys.length || 1)] ?? '0';
    const written = value === undefined ? undefined : copy(value);
    Object.defineProperty(place, field, { value: written, enumerable: true, writable: true, configurable: true });
  }
  return changed;
}

test('whether a manifest fits is what the way through it finds', () => {
  const count = { fitting: 0, faulty: 0 };
  fc.assert(fc.property(fc.constantFrom(...manifests), edits, fc.integer({ min: 27, max: 37 }), (manifest, changes, minor) => {
    const changed = edited(manifest, changes);
    const shape = new Shapes(minor).type(typeOf(manifest));
    const faults: SchemaFault[] = [];
    new Walk(faults, minor).object(changed, shape);
    expect({ changed, fits: fits(changed, shape) !== Fit.NOT, faults }).toEqual({ changed, fits: faults.length === 0, faults });
    count[faults.length ? 'faulty' : 'fitting']++;
  }), { numRuns: 4000 });
  expect(Math.min(count.fitting, count.faulty)).toBeGreaterThan(500);
});

test('what fits whole has every type that it should have', () => {
  const count = { [Fit.NOT]: 0, [Fit.WITH_NULLS]: 0, [Fit.WHOLE]: 0 };
  fc.assert(fc.property(fc.constantFrom(...manifests), edits, fc.integer({ min: 27, max: 37 }), (manifest, changes, minor) => {
    const changed = edited(manifest, changes);
    const fit = fits(changed, new Shapes(minor).type(typeOf(manifest)));
    count[fit]++;
    // Readers give an object metadata, and judges a template.
    fc.pre(isObject(changed.metadata));
    podPart(changed as Manifest);
    if (fit === Fit.WHOLE) expect(sound(changed as Manifest)).toBe(changed);
  }), { numRuns: 4000 });
  expect(Math.min(count[Fit.NOT], count[Fit.WHOLE])).toBeGreaterThan(500);
  expect(count[Fit.WITH_NULLS]).toBeGreaterThan(20);
});
