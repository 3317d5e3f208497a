import { readFileSync } from 'node:fs';
import { Yaml } from 'cdk8s';
import { podPart } from '../../src/kube/kinds';
import { Manifest } from '../../src/kube/pod-spec';
import { VERSIONS, judge } from '../conformance/psa';
import { Scanner } from './scanner';

/** Kubernetes' own evaluator at `restricted`, in each version from 1.27 on. */
export const podSecurity: Scanner = {
  name: 'Pod Security',
  missing: () => process.env.PSA_ORACLE ? undefined : 'the evaluator of ../shared/tools/psaoracle is not built',
  findings(file) {
    const manifests = (Yaml.load(file) as Manifest[]).filter(podPart);
    if (!manifests.length) throw new Error(`there is no pod in ${readFileSync(file, 'utf8').slice(0, 200)}`);
    const verdicts = judge(manifests.map((manifest, i) => ({ id: String(i), manifest })), ['restricted'], VERSIONS);
    return verdicts.flatMap(({ violations }) => violations.map(({ check }) => check));
  },
};
