/** The house as data: what ARCHITECTURE.md shows and test/house.test.ts holds. */

export interface Room {
  /** What the room may import: rooms, or one subject of a room (`rules/harden`). */
  readonly imports: readonly string[];
  /** Packages, Node's own (`node:fs`) included, that the room may load at run time. Type-only imports are free. */
  readonly packages: readonly string[];
}

const CONSTRUCTS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

/** Folders of src, and the two files beside them. What is not granted here is forbidden. */
export const ROOMS: Readonly<Record<string, Room>> = {
  kube: { imports: [], packages: ['ipaddr.js', 'fastest-levenshtein', 'js-yaml', 'node:buffer', 'node:crypto', 'node:fs', 'node:path', 'node:vm'] },
  posture: { imports: ['kube'], packages: [] },
  reach: { imports: ['kube'], packages: [] },
  synthesis: { imports: ['kube', 'posture'], packages: ['cdk8s'] },
  access: { imports: ['kube', 'posture'], packages: CONSTRUCTS },
  network: { imports: ['kube', 'posture', 'synthesis'], packages: CONSTRUCTS },
  rules: { imports: ['kube', 'posture', 'reach'], packages: [] },
  workload: { imports: ['kube', 'posture', 'rules/harden', 'network', 'access'], packages: CONSTRUCTS },
  namespace: { imports: ['kube', 'posture', 'rules/harden', 'rules/level', 'network', 'access'], packages: CONSTRUCTS },
  provenance: { imports: ['kube'], packages: ['cdk8s', 'node:fs', 'node:path'] },
  hardening: { imports: ['kube', 'posture', 'synthesis', 'rules', 'access'], packages: CONSTRUCTS },
  invariants: { imports: ['kube', 'posture', 'network', 'reach'], packages: CONSTRUCTS },
  report: { imports: ['kube', 'posture', 'rules', 'reach'], packages: ['@dagrejs/dagre', 'node:crypto', 'node:fs', 'node:path'] },
  admission: { imports: ['kube', 'posture', 'rules'], packages: CONSTRUCTS },
  cluster: { imports: ['kube', 'posture', 'rules', 'reach', 'workload'], packages: CONSTRUCTS },
  cli: {
    imports: ['kube', 'posture', 'network', 'rules', 'reach', 'invariants', 'report', 'admission'],
    packages: ['node:child_process', 'node:fs', 'node:os', 'node:path', 'node:util', 'node:v8'],
  },
  validation: { imports: ['kube', 'posture', 'rules', 'invariants', 'report'], packages: [] },
  matchers: { imports: ['kube', 'rules', 'reach', 'invariants', 'report'], packages: [] },
  index: {
    imports: [
      'kube', 'posture', 'reach', 'access', 'network', 'rules', 'workload', 'namespace',
      'provenance', 'hardening', 'invariants', 'report', 'admission', 'cluster', 'validation',
    ],
    packages: [],
  },
};

/** What must stay light: the files that start it, and what they must not load at run time, however indirectly. */
export const LIGHT = [
  { subject: 'judging (kube, posture, reach, rules, report, check, fix, reach, diff, explain)', from: ['src/kube/', 'src/posture/', 'src/reach/', 'src/rules/', 'src/report/', 'src/cli/check.ts', 'src/cli/fix.ts', 'src/cli/reach.ts', 'src/cli/diff.ts', 'src/cli/explain.ts'], never: CONSTRUCTS },
  { subject: 'a workload', from: ['src/workload/hardened-deployment.ts'], never: ['src/reach/', 'src/report/'] },
] as const;

/** Folders and generated files where a file may be as long as its data are. */
export const DATA_FOLDERS = ['src/posture/profiles/', 'src/kube/schema/data.ts'];

/** Cellars: a helper lives where its noun lives. */
export const FORBIDDEN_FOLDERS = ['common', 'shared', 'utils', 'util', 'helpers', 'helper', 'misc'];

export const LONGEST = 400;
export const LONG = 300;
