import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../../src/kube/pod-spec';
import { sound } from '../../src/kube/sound';
import { podSecurity } from '../../src/rules/pod-security';
import { ROOT } from '../house/files';

const FOLDER = join(process.env.SHARED ?? join(ROOT, '../shared'), 'conformance/kyverno');
const IS_THERE = existsSync(FOLDER);
if (!IS_THERE) console.log(`skipped: ${FOLDER} is not there, which holds Kyverno's good and bad manifests`);

/** Its groups of Pod Security policies, and the rules of ours that hold the same control. */
const RULES: Record<string, readonly string[]> = {
  'baseline/disallow-host-namespaces': ['pod-host-network', 'pod-host-pid', 'pod-host-ipc'],
  'baseline/disallow-host-path': ['pod-host-path'],
  'baseline/disallow-host-process': ['pod-host-process'],
  'baseline/disallow-proc-mount': ['pod-proc-mount'],
  'baseline/restrict-seccomp': ['pod-seccomp-unconfined'],
  'restricted/disallow-capabilities-strict': ['pod-capabilities-drop', 'pod-capabilities-add'],
  'restricted/disallow-privilege-escalation': ['pod-privilege-escalation'],
  'restricted/require-run-as-non-root-user': ['pod-run-as-root'],
  'restricted/restrict-seccomp-strict': ['pod-seccomp'],
  'restricted/restrict-volume-types': ['pod-volume-types'],
};

interface Case { group: string; file: string; expected: 'allowed' | 'denied'; name: string; kind: string; resource: Manifest }

(IS_THERE ? describe : describe.skip)("Kyverno's good and bad manifests for Pod Security", () => {
  const cases: Case[] = IS_THERE ? JSON.parse(readFileSync(join(FOLDER, 'chainsaw.json'), 'utf8')) : [];

  test.each(Object.entries(RULES))('%s', (group, ids) => {
    // 1.34: from 1.35 on Kubernetes relaxes some of them for user namespaces.
    const all = cases.filter(each => each.group === `pod-security/${group}`);
    const level = group.startsWith('baseline') ? 'baseline' : 'restricted';
    const wrong = all.filter(({ resource, expected }) => {
      const found = podSecurity(sound(resource), level, 34).filter(({ rule }) => ids.includes(rule.id));
      return (found.length ? 'denied' : 'allowed') !== expected;
    });
    expect(wrong.map(({ file, name, kind, expected }) => `${file}: ${kind} ${name} should be ${expected}`)).toEqual([]);
    expect(all.length).toBeGreaterThan(10);
  });
});
