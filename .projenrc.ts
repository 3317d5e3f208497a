import { cdk8s, javascript } from 'projen';

/** The lowest peers that work; the newest are installed beside them for test/peers. */
const LOWEST = { cdk8s: '2.70.0', plus: '2.9.0', constructs: '10.3.0' };
const NEWEST = { cdk8s: '2.70.106', plus: '2.9.5', constructs: '10.8.1' };

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
  bundledDeps: ['ipaddr.js@^2.2.0', 'fastest-levenshtein@^1.0.16'],
  devDeps: [
    'fast-check@^4.0.0',
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
    jestConfig: { collectCoverage: false },
  },
  // Types are checked once, by tsc, and not again by each test file.
  typecheckTests: true,
  tsconfigDev: { compilerOptions: { isolatedModules: true } },
  github: false,
  release: false,
  buildWorkflow: false,
  pullRequestTemplate: false,
  integrationTestAutoDiscover: false,
  gitignore: ['/dist/', '/lib/', '*.tsbuildinfo', '/.jsii', '/tsconfig.jsii.json', '__pycache__/', '.venv/'],
});
for (const folder of ['/examples/', '/test/', '/.ci/', '/ARCHITECTURE.md', '/bench/']) project.npmignore?.addPatterns(folder);
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');

project.synth();
