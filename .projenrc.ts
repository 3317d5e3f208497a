import { cdk8s, javascript, JsonFile } from 'projen';

/** The lowest peers that work; the newest are installed beside them for test/peers. */
const LOWEST = { cdk8s: '2.70.0', plus: '2.9.0', constructs: '10.3.0' };
const NEWEST = { cdk8s: '2.70.106', plus: '2.9.5', constructs: '10.8.1' };

/** Examples import the package by its name; tests have not built it. */
const SELF = { '^cdk8s-hardened$': '<rootDir>/src' };
const SELF_IN_TYPES = { 'cdk8s-hardened': ['../src/index.ts'] };
/** Folders of TypeScript that are checked together with the tests. */
const BESIDE_TESTS = ['examples', 'bench', 'scripts'];

/** Everything a jest project needs to read TypeScript; projects inherit nothing from the top of the configuration. */
const JEST_BASE = {
  clearMocks: true,
  moduleNameMapper: SELF,
  setupFiles: ['<rootDir>/test/seed.js'],
  transform: { '^.+\\.[t]sx?$': ['ts-jest', { tsconfig: 'test/tsconfig.jest.json' }] },
};
/** These need more than Node, or a build: each has an npm script of its own. */
const NOT_NODE_ALONE = ['browser', 'cluster', 'conformance', 'languages', 'scanners'];
const PEER_TESTS = ['<rootDir>/test/peers/**/*.test.ts'];

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-hardened',
  description: 'Typed cdk8s constructs that write Kubernetes manifests which are secure by default and work',
  keywords: ['cdk8s', 'kubernetes', 'security', 'hardening', 'pod-security', 'network-policy'],
  author: 'cdk8s-hardened authors',
  authorAddress: 'authors@cdk8s-hardened.invalid',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-hardened/cdk8s-hardened.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-hardened authors',
  copyrightPeriod: '2026-',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  majorVersion: 0,

  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0',
  cdk8sVersion: LOWEST.cdk8s,
  constructsVersion: LOWEST.constructs,
  peerDeps: [`cdk8s-plus-27@^${LOWEST.plus}`],
  bundledDeps: ['ipaddr.js@^2.2.0', 'fastest-levenshtein@^1.0.16', 'js-yaml@^5.5.0', '@dagrejs/dagre@^3.1.3'],
  devDeps: [
    // Drives a real browser over pages; the last that runs on Node 20.
    'puppeteer-core@^24.0.0',
    'fast-check@^4.0.0',
    // Outputs are held against their schemas; the second is where the one of SARIF is to be had.
    'ajv@^8.17.0',
    'ajv-draft-04@^1.0.0',
    'ajv-formats@^3.0.1',
    '@microsoft/jest-sarif@1.0.0-beta.0',
    // Reports are read as others read them.
    '@xmldom/xmldom@^0.9.0',
    'commonmark@^0.31.0',
    'yaml@^2.6.0',
    `cdk8s-newest@npm:cdk8s@${NEWEST.cdk8s}`,
    `cdk8s-plus-27-newest@npm:cdk8s-plus-27@${NEWEST.plus}`,
    `constructs-newest@npm:constructs@${NEWEST.constructs}`,
  ],
  publishToPypi: { distName: 'cdk8s-hardened', module: 'cdk8s_hardened' },
  publishToMaven: {
    javaPackage: 'dev.cdk8shardened',
    mavenGroupId: 'dev.cdk8shardened',
    mavenArtifactId: 'cdk8s-hardened',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-hardened/cdk8s-hardened-go' },

  jestOptions: {
    jestVersion: '^30.0.0',
    // A snapshot that is rewritten by every run can never fail.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      // Of two processors, as CI often has, jest would leave one idle.
      maxWorkers: '100%',
      projects: [
        {
          ...JEST_BASE,
          displayName: 'house',
          testMatch: ['<rootDir>/test/**/*.test.ts'],
          testPathIgnorePatterns: ['/node_modules/', '/test/peers/', ...NOT_NODE_ALONE.map(folder => `/test/${folder}/`)],
        },
        { ...JEST_BASE, displayName: 'lowest peers', testMatch: PEER_TESTS, globals: { PEERS_OF_THIS_RUN: 'lowest' } },
        {
          ...JEST_BASE,
          displayName: 'newest peers',
          testMatch: PEER_TESTS,
          globals: { PEERS_OF_THIS_RUN: 'newest' },
          // Also for what the peers themselves import: one version of each in a run.
          moduleNameMapper: {
            ...SELF,
            ...Object.fromEntries(['cdk8s', 'cdk8s-plus-27', 'constructs'].flatMap(name => [
              [`^${name}$`, `<rootDir>/node_modules/${name}-newest`],
              [`^${name}/(.*)$`, `<rootDir>/node_modules/${name}-newest/$1`],
            ])),
          },
        },
      ],
    },
  },
  // A linter that mends as it goes can never fail; `npm run eslint:fix` mends.
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'projenrc', ...BESIDE_TESTS], commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] } },
  // Types are checked once, by tsc; jest translates file by file (test/tsconfig.jest.json) and does not check again.
  typecheckTests: true,
  tsconfigDev: {
    compilerOptions: { isolatedModules: false, paths: SELF_IN_TYPES },
    include: ['**/*.ts', ...BESIDE_TESTS.map(folder => `../${folder}/**/*.ts`)],
  },
  github: false,
  release: false,
  buildWorkflow: false,
  pullRequestTemplate: false,
  integrationTestAutoDiscover: false,
  gitignore: ['/dist/', '/lib/', '*.tsbuildinfo', '/.jsii', '/tsconfig.jsii.json', '/.jsii.tabl.json', '__pycache__/', '.venv/'],
});
for (const folder of ['/examples/', '/test/', '/.ci/', '/ARCHITECTURE.md', '/bench/', '/scripts/', '/rosetta/', '/API.md', '/RULES.md', '/.jsii.tabl.json', '/action.yml', '/.pre-commit-hooks.yaml']) project.npmignore?.addPatterns(folder);
// What is no entry is nobody's to import; examples import the package by its name.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './schemas/baseline.json': './schemas/baseline.json',
  './schemas/check.json': './schemas/check.json',
  './schemas/diff.json': './schemas/diff.json',
  './schemas/reach.json': './schemas/reach.json',
  './schemas/waivers.json': './schemas/waivers.json',
  './schemas/reach-explain.json': './schemas/reach-explain.json',
  './schemas/reach-exposure.json': './schemas/reach-exposure.json',
  './schemas/reach-paths.json': './schemas/reach-paths.json',
  './jest': { types: './jest.d.ts', default: './jest.js' },
  './vitest': { types: './vitest.d.ts', default: './vitest.mjs' },
  // For whoever tests by something else that has `expect.extend`.
  './matchers': { types: './lib/matchers/index.d.ts', default: './lib/matchers/index.js' },
  './schemas/reach-observed.json': './schemas/reach-observed.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});
// Beside every line the compiler would write its source once more: half of the package, and read at each start.
for (const option of ['inlineSourceMap', 'inlineSources']) project.tsconfig?.file.addOverride(`compilerOptions.${option}`, false);
// The sources of bundled packages, and builds of them for browsers, are of no use to anybody.
project.package.setScript('prepack', 'ts-node -T -P scripts/tsconfig.json scripts/prepack.ts');
// pre-commit installs the package from the repository.
project.package.setScript('prepare', 'node scripts/prepare.js');
project.package.setScript('test:package', 'ts-node -T -P scripts/tsconfig.json scripts/packed.ts');
project.package.addBin({ 'cdk8s-hardened': 'lib/cli/main.js' });
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

// The lock file of a later version lists platforms that registries do not have, and `npm ci` refuses it.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.eslint?.addRules({
  // Addresses and the compiler's flags are bits.
  'no-bitwise': ['off'],
  // Tables stand in as few lines as they need.
  '@stylistic/object-property-newline': ['off'],
  // From far to near.
  'import/order': ['warn', { groups: ['builtin', 'external', 'internal', 'parent', 'sibling', 'index'], alphabetize: { order: 'asc', caseInsensitive: true } }],
});
// Whether the package is built, and so can be resolved by its name, is no matter of style.
project.eslint?.addOverride({
  files: [...BESIDE_TESTS.map(folder => `${folder}/**`), 'test/**'],
  rules: { 'import/no-unresolved': ['error', { ignore: ['^cdk8s-hardened$'] }] },
});
Object.assign(project.eslint?.config.settings ?? {}, { 'import/internal-regex': '^cdk8s-hardened$' });

// jsii's warnings are about names and shapes that break in another language: none is let through.
project.compileTask.reset('jsii --fail-on-warnings');
// Joined, the many small files take a short command a quarter less.
project.compileTask.exec('ts-node -T -P scripts/tsconfig.json scripts/join.ts');
// The launchers of other languages start it as it is.
project.compileTask.exec('chmod +x lib/cli/main.js');
project.addTask('eslint:fix', {
  description: 'Mends what the linter can mend by itself',
  steps: [{ spawn: 'eslint', args: ['--fix'] }],
});

for (const folder of BESIDE_TESTS) {
  new JsonFile(project, `${folder}/tsconfig.json`, {
    obj: { extends: '../tsconfig.json', compilerOptions: { noEmit: true, rootDir: '..', paths: SELF_IN_TYPES }, include: ['**/*.ts'] },
  });
}
new JsonFile(project, 'test/tsconfig.jest.json', {
  obj: { extends: './tsconfig.json', compilerOptions: { isolatedModules: true } },
});
new JsonFile(project, 'test/conformance/jest.json', {
  obj: { ...JEST_BASE, rootDir: '../..', displayName: 'conformance', testMatch: ['<rootDir>/test/conformance/**/*.test.ts'] },
});
new JsonFile(project, 'test/browser/jest.json', {
  obj: { ...JEST_BASE, rootDir: '../..', displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'], maxWorkers: 1, testTimeout: 30_000 },
});
new JsonFile(project, 'test/cluster/jest.json', {
  obj: { ...JEST_BASE, rootDir: '../..', displayName: 'cluster', testMatch: ['<rootDir>/test/cluster/**/*.test.ts'], maxWorkers: 1 },
});
new JsonFile(project, 'test/scanners/jest.json', {
  obj: { ...JEST_BASE, rootDir: '../..', displayName: 'scanners', testMatch: ['<rootDir>/test/scanners/**/*.test.ts'], maxWorkers: 1, testTimeout: 300_000 },
});
// Style is a matter of its own, `npm run eslint`: it takes as long as a third of the tests, and `npm test` is to stay short.
project.testTask.removeStep(project.testTask.steps.findIndex(({ spawn }) => spawn === 'eslint'));
// The one command that rewrites what tests compare with: snapshots, and the expected.yaml of each example.
project.tasks.tryFind('test:update')?.env('UPDATE_EXPECTED', '1');
// Not as tasks of projen: what a stranger sees is what they print.
project.package.setScript('demo', 'ts-node -T -P scripts/tsconfig.json scripts/demo.ts');
project.package.setScript('bench', 'ts-node -T -P bench/tsconfig.json bench/main.ts');
// Ten million records of connections against policies; OBSERVED_RECORDS may be set.
project.package.setScript('bench:observed', 'ts-node -T -P bench/tsconfig.json bench/observed.ts');
project.package.setScript('bench:reach', 'ts-node -T -P bench/tsconfig.json bench/reach.ts');
// The reachability engine against a naive evaluator; FUZZ_SEED and FUZZ_CLUSTERS may be set.
project.package.setScript('fuzz:reach', 'FUZZ_CLUSTERS=${FUZZ_CLUSTERS:-100000} jest --selectProjects house --ci test/reach/fuzz');
project.package.setScript('bench:check', 'ts-node -T -P bench/tsconfig.json bench/check.ts');
project.package.setScript('bench:audit', 'ts-node -T -P bench/tsconfig.json bench/audit.ts');
// Writes RULES.md.
project.package.setScript('rules', 'ts-node -T -P scripts/tsconfig.json scripts/rules/main.ts');
// Writes src/kube/schema/data.ts; needs Python with pip, and Go.
project.package.setScript('schema', 'ts-node -T -P scripts/tsconfig.json scripts/schema/main.ts');
project.addTask('rosetta', {
  description: 'Compiles the examples of doc comments as jsii translates them to other languages',
  exec: 'jsii-rosetta extract . --compile --strict',
});
project.addTask('test:psa', {
  description: "Kubernetes' own verdict (Pod Security admission) on every pod that a test or an example writes; needs Go and ../shared",
  exec: 'test/conformance/psa.sh',
  receiveArgs: true,
});
project.addTask('test:scanners', {
  description: "Other people's scanners on both examples and the app with everything: nothing but the conflicts that a table explains; needs Go, Python and npm",
  exec: 'test/scanners/run.sh',
  receiveArgs: true,
});
project.addTask('test:cluster', {
  description: 'All that a real cluster says: test:admission, test:flows and test:pods; needs Go, Python and ../shared, or a cluster that KUBECONFIG names',
  exec: 'test/cluster/run.sh',
  receiveArgs: true,
});
project.addTask('test:admission', {
  description: 'A real API server on what the library writes: admission, levels, quotas, limits, budgets, rights',
  exec: 'test/cluster/run.sh admission',
  receiveArgs: true,
});
project.addTask('test:flows', {
  description: 'Real connections between pods with policies, in the examples and 30 random sets of flows: what is declared, and computed, is what is measured; needs root',
  exec: 'test/cluster/run.sh flows',
  receiveArgs: true,
});
project.addTask('test:cluster:full', {
  description: 'The same as test:flows over 200 flow sets in place of 30: half an hour; SETS and SETS_FROM, the first seed, may be set',
  exec: 'SETS=${SETS:-200} test/cluster/run.sh flows',
  receiveArgs: true,
});
project.addTask('test:pods', {
  description: 'Pods that start in a real container runtime, and do their work; needs root and cgroups',
  exec: 'test/cluster/run.sh pods',
  receiveArgs: true,
});
project.addTask('test:browser', {
  description: 'The map in a real browser: what a click, a key and a hostile name do; needs Chromium or Chrome, which it installs in CI',
  exec: 'test/browser/run.sh',
  receiveArgs: true,
});
project.addTask('fuzz:pss', {
  description: 'Random pods at random levels and versions against Pod Security admission; FUZZ_PODS, FUZZ_SECONDS and SEED may be set',
  exec: 'test/conformance/psa.sh fuzz',
});
project.addTask('fuzz:schema', {
  description: 'Random objects of every kind and version against the JSON schemas in an independent validator; FUZZ_OBJECTS and SEED may be set; needs Python',
  exec: 'test/conformance/schema.sh',
  receiveArgs: true,
});
project.addTask('test:languages', {
  description: 'The wheel in a fresh virtual environment; needs Python',
  exec: 'test/languages/python/run.sh',
  receiveArgs: true,
});

project.synth();
