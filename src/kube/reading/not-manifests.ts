import { basename, dirname } from 'node:path';
import { isObject, Json } from '../json';

// What lies beside manifests and is none. It is skipped only where that is certain, and said so;
// anything else without apiVersion and kind is a problem, since a manifest may be meant.

/** Something that was left out, and why. */
export interface Skipped {
  readonly file: string;
  readonly reason: string;
}

const FILES: readonly [RegExp, string][] = [
  [/^Chart\.(?:yaml|lock)$|^requirements\.(?:yaml|lock)$/, 'it describes a Helm chart. Check what the chart renders: helm template'],
  [/^(?:.*[-_.])?values(?:[-_.].*)?\.(?:yaml|yml)$|^values\.schema\.json$/, 'it holds the values of a Helm chart. Check what the chart renders: helm template'],
  [/^kustomization\.ya?ml$/, 'it tells kustomize what to build. Check what it builds: kustomize build'],
  [/^(?:docker-)?compose(?:[-_.].*)?\.ya?ml$/, 'it is for Docker Compose'],
  [/^(?:package(?:-lock)?|tsconfig(?:[-_.].*)?|renovate|.*\.schema)\.json$|^(?:pnpm-lock|cdk8s|mkdocs|\.hardened|\.pre-commit-config|\.gitlab-ci|\.golangci)\.ya?ml$/, 'it configures a tool'],
];

const FOLDERS = new Set(['.git', '.hg', '.svn', 'node_modules', '.github', '.gitlab', '.circleci', '.vscode', '.idea', '.terraform', '__pycache__']);

/** Why a folder is not walked into, if so. */
export function skippedFolder(path: string): string | undefined {
  return FOLDERS.has(basename(path)) ? 'the folder belongs to a tool' : undefined;
}

/** Why a value of a file without apiVersion and kind is no manifest, where that is certain. */
export function skippedFile(file: string, value: Json): string | undefined {
  const reason = FILES.find(([name]) => name.test(basename(file)))?.[1];
  if (reason) return reason;
  // JSON is used for everything; YAML beside manifests mostly is a manifest.
  const looksLikeOne = isObject(value) && Object.keys(value).some(key => ['apiversion', 'kind', 'metadata', 'spec'].includes(key.toLowerCase()));
  return file.endsWith('.json') && !looksLikeOne ? 'it is JSON of another sort: it has neither apiVersion nor kind' : undefined;
}

/** Why an object with apiVersion and kind is not one of the cluster, if so. */
export function skippedKind(apiVersion: string): string | undefined {
  return apiVersion.startsWith('kustomize.config.k8s.io/') ? 'it tells kustomize what to build. Check what it builds: kustomize build' : undefined;
}

const HELM = /\{\{-?\s*(?:\.Values|\.Release|\.Chart|\.Capabilities|\.Files|\.Template|include\s|template\s|toYaml\s|end\b|if\s|with\s|range\s|define\s|\/\*|\$)/;

/** Where a text shows that it is a template of Helm, or -1. `broken`: it could not be read as YAML, so that any braces tell. */
export function templateMark(file: string, text: string, broken: boolean): number {
  // Braces in what can be read mostly are meant: alerts, workflows and dashboards have templates of their own.
  if (!text.includes('{{') || !(broken || /(?:^|[\\/])templates[\\/]/.test(file))) return -1;
  const helm = text.search(HELM);
  return helm < 0 && broken ? text.indexOf('{{') : helm;
}

/** The line that says so. */
export function renderFirst(file: string): string {
  const folder = dirname(file);
  const chart = basename(folder) === 'templates' ? dirname(folder) : 'CHART';
  return `it is a template that has not been rendered. Render it first: helm template ${chart} | cdk8s-hardened check -`;
}
