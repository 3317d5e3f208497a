import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { edit } from '../../src/kube/edit';
import { Json, copy, equal } from '../../src/kube/json';
import { podPart } from '../../src/kube/kinds';
import { Manifest, at } from '../../src/kube/pod-spec';
import { partsOf } from '../../src/kube/reading/documents';
import { audit } from '../../src/rules/audit';
import { ASSUMPTIONS, Assumption } from '../../src/rules/mend/assumptions';
import { mend } from '../../src/rules/mend/mend';
import { MendOptions } from '../../src/rules/mend/remedy';
import { PACKS } from '../../src/rules/packs';
import { POD_RULES } from '../../src/rules/pod';
import { podSecurity } from '../../src/rules/pod-security';
import { customResources, manifests } from './arbitrary-manifests';

const today = '2026-11-21';
const options: fc.Arbitrary<MendOptions> = fc.record({
  minor: fc.constantFrom(27, 30, 35, 37),
  today: fc.constant(today),
  assume: fc.oneof(fc.constant<Assumption[]>([]), fc.constant([...ASSUMPTIONS]), fc.subarray([...ASSUMPTIONS])).map(list => new Set(list)),
  defaultAccountIsGranted: fc.boolean(),
});
/** Pods in the kinds of Kubernetes, and in those of others. */
const anywhere = fc.oneof({ weight: 2, arbitrary: manifests }, { weight: 1, arbitrary: customResources });
const all = (minor: number): MendOptions => ({ minor, today, assume: new Set(ASSUMPTIONS) });
const broken = (manifest: Manifest, level: 'baseline' | 'restricted', minor: number) => new Set(podSecurity(copy(manifest), level, minor).map(({ rule }) => rule.id));

describe('mending', () => {
  test('changes nothing more when it is done twice', () => {
    fc.assert(fc.property(anywhere, options, (manifest, how) => {
      const once = mend(manifest, how).manifest;
      const twice = mend(once, how);
      expect(twice.changes).toEqual([]);
      expect(twice.manifest).toEqual(once);
    }), { numRuns: 400 });
  });

  test('does not touch what is handed in, and says each change', () => {
    fc.assert(fc.property(anywhere, options, (manifest, how) => {
      const before = copy(manifest);
      const { manifest: mended, changes } = mend(manifest, how);
      expect(manifest).toEqual(before);
      expect(changes.length === 0).toBe(equal(mended, manifest));
    }), { numRuns: 250 });
  });

  test('does not depend on the order of the rules', () => {
    fc.assert(fc.property(anywhere, options, fc.shuffledSubarray([...POD_RULES], { minLength: POD_RULES.length }), (manifest, how, rules) => {
      expect(mend(manifest, { ...how, rules }).manifest).toEqual(mend(manifest, how).manifest);
    }), { numRuns: 150 });
  });

  test('leaves nothing of a rule where it has mended', () => {
    fc.assert(fc.property(anywhere, options, (manifest, how) => {
      const { manifest: mended, changes } = mend(manifest, how);
      const left = audit(mended, { pack: PACKS[0], minor: how.minor, today });
      // A capability that is granted stays one in its right spelling.
      for (const { rule, field } of changes.filter(change => change.rule !== 'pod-capabilities-add')) {
        // A container that copies files of the image comes first: the field of another one has its number, from before.
        const isMoved = (container: string | null) => rule === 'pod-user-unknown' && container?.startsWith('seed-');
        expect(left.filter(finding => finding.rule === rule && finding.field === field && !isMoved(finding.container))).toEqual([]);
      }
    }), { numRuns: 150 });
  });

  test('never changes what was set, but for spellings and groups that join others', () => {
    fc.assert(fc.property(anywhere, options, (manifest, how) => {
      const { changes } = mend(manifest, how);
      const overwritten = changes.filter(({ what }) => /it was/.test(what)).filter(({ field }) => !/capabilities\.(add|drop)$|\.procMount$|\.supplementalGroups$/.test(field));
      expect(overwritten).toEqual([]);
    }), { numRuns: 250 });
  });

  test('leaves what passes as it is, to the last byte', () => {
    fc.assert(fc.property(anywhere, (manifest) => {
      const passing = mend(manifest, all(35)).manifest;
      const text = stringify(passing);
      expect(edit(text, mend(partsOf({ text, start: 0 })[0].value as Manifest, all(35)).manifest)).toBe(text);
    }), { numRuns: 100 });
  });

  test('keeps comments, and reads as it was meant', () => {
    fc.assert(fc.property(anywhere, options, (manifest, how) => {
      const lines = stringify(manifest).trimEnd().split('\n');
      const text = lines.map((line, i) => `${line} # ${i}.\n`).join('');
      const { manifest: mended } = mend(manifest, how);
      const after = edit(text, mended);
      expect(partsOf({ text: after, start: 0 })[0].value).toEqual(mended);
      // A comment goes with the line that goes: a default that was written out, the name of a capability.
      const gone = lines.flatMap((line, i) => after.includes(` # ${i}.\n`) || /procMount|^ *- \S+$|capabilities|drop|add:/.test(line) ? [] : [line]);
      expect(gone).toEqual([]);
    }), { numRuns: 120 });
  });

  test('makes no pod worse for Pod Security, at any level and version', () => {
    fc.assert(fc.property(manifests, options, (manifest, how) => {
      const { manifest: mended } = mend(manifest, how);
      for (const level of ['baseline', 'restricted'] as const) {
        for (const minor of [0, 8, 19, 22, 25, 27, 31, 35, 37]) {
          const before = broken(manifest, level, minor);
          expect([...broken(mended, level, minor)].filter(rule => !before.has(rule))).toEqual([]);
        }
      }
    }), { numRuns: 120 });
  });

  test('makes pods restricted where everything may be assumed, but for what was set on purpose', () => {
    fc.assert(fc.property(manifests, fc.constantFrom(27, 31, 35, 37), (manifest, minor) => {
      const { manifest: mended } = mend(manifest, all(minor));
      const was = podPart(copy(manifest))!.spec as unknown as Json;
      const is = podPart(copy(mended))!.spec as unknown as Json;
      const unexplained = podSecurity(copy(mended), 'restricted', minor)
        .map(({ rule, violation }) => ({ rule: rule.id, field: fieldBefore(was, is, violation.field), impliedBy: violation.impliedBy }))
        .filter(({ field, impliedBy }) => lookup(was, field) === undefined && impliedBy === undefined && !explained(was, field));
      expect(unexplained).toEqual([]);
    }), { numRuns: 250 });
  });
});

/** The path of a field before init containers were put in front of others. */
function fieldBefore(was: Json, is: Json, field: string): string {
  return field.replace(/^(\w+)\[(\d+)\]/, (path, list, index) => {
    const containers = lookup(was, list);
    if (!Array.isArray(containers) || !list.endsWith('ontainers')) return path;
    return `${list}[${containers.findIndex(container => at(container, 'name') === at(lookup(is, `${list}[${index}]`), 'name'))}]`;
  });
}

/** A field by its path with places. */
function lookup(value: Json | undefined, field: string): Json | undefined {
  return field.split(/[.[\]]+/).filter(Boolean).reduce<Json | undefined>((holder, key) => (holder as { [key: string]: Json } | undefined)?.[key], value);
}

/** What stands against it is another field: root, privileged, or a port that only root may open on the node. */
function explained(spec: Json, field: string): boolean {
  const container = lookup(spec, field.replace(/\.securityContext.*/, ''));
  const [own, general] = [at(container, 'securityContext'), at(spec, 'securityContext')];
  const user = at(own, 'runAsUser') ?? at(general, 'runAsUser');
  const isRoot = at(own, 'privileged') === true || user === 0 || (at(own, 'runAsNonRoot') ?? at(general, 'runAsNonRoot')) === false;
  const sysAdmin = JSON.stringify(at(own, 'capabilities', 'add') ?? []).includes('SYS_ADMIN');
  return isRoot || (sysAdmin && field.endsWith('allowPrivilegeEscalation')) || at(spec, 'hostNetwork') === true;
}
