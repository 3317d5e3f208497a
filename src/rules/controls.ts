import { Controls, Ids } from './rule';

/** The versions of the CIS Kubernetes Benchmark whose numbers are known, the oldest first. */
export const CIS_VERSIONS: readonly string[] = ['1.8', '1.9', '1.10', '1.11', '1.12'];

/** Ids by standard, as reports show them: `cis` with the version of the benchmark before each. */
export interface ShownControls {
  readonly [standard: string]: readonly string[];
}

/** The section of one version of the benchmark that asks for the same; undefined where none does. */
export function cisSection({ cis }: Controls, version: string): string | undefined {
  if (cis === undefined || typeof cis === 'string') return cis;
  const asked = CIS_VERSIONS.indexOf(version);
  const since = CIS_VERSIONS.slice(0, asked + 1).reverse().find(known => cis[known] !== undefined);
  return since === undefined ? undefined : cis[since] ?? undefined;
}

const NONE: Controls = {};
const standardsOnce = new Map<Controls, ShownControls>();

/** The standards that a rule is in, and Checkov's ids: what a finding carries. Written down once, however many findings there are. */
export function standards(controls: Controls = NONE): ShownControls {
  const shown = standardsOnce.get(controls) ?? standardsOf(controls);
  standardsOnce.set(controls, shown);
  return shown;
}

function standardsOf(controls: Controls): ShownControls {
  const { pss, nsa, checkov } = controls;
  const cis = CIS_VERSIONS.flatMap(version => cisSection(controls, version)?.replace(/^/, `${version}:`) ?? []);
  return { ...(pss && { pss: [pss.level] }), ...(cis.length && { cis }), ...(nsa && { nsa: [nsa] }), ...(checkov && { checkov: list(checkov) }) };
}

/** Everything that is known of a rule elsewhere, the ids of scanners included. */
export function allControls(controls: Controls = NONE): ShownControls {
  const { kubeLinter, kubeScore, kubescape, polaris, trivy, kyverno } = controls;
  const scanners = Object.entries({ 'kube-linter': kubeLinter, 'kube-score': kubeScore, kubescape, polaris, trivy, kyverno });
  return { ...standards(controls), ...Object.fromEntries(scanners.flatMap(([name, ids]) => ids === undefined ? [] : [[name, list(ids)]])) };
}

function list(ids: Ids): readonly string[] {
  return typeof ids === 'string' ? [ids] : ids;
}
