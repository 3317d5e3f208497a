import { installed, outputOf } from './installed';
import { Scanner } from './scanner';

const PROGRAM = ['bin', 'kubeconform'];
export const SCHEMA_VERSIONS = ['1.27', '1.31', '1.35', '1.37'];

interface Answer {
  readonly resources: readonly { readonly kind: string; readonly name: string; readonly status: string }[];
  readonly summary: { readonly valid: number };
}

/** Strictly by the schemas of one version of Kubernetes. */
export function kubeconform(version: string): Scanner {
  return {
    name: `kubeconform ${version}`,
    missing: () => installed(...PROGRAM) && installed('schemas', version) ? undefined : 'kubeconform 0.8.0 or its schemas are not installed',
    findings(file) {
      const schemas = `${installed('schemas', version)!}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
      const text = outputOf(installed(...PROGRAM)!, ['-strict', '-summary', '-output', 'json', '-schema-location', schemas, file]);
      const { resources, summary } = JSON.parse(text) as Answer;
      if (!summary.valid) throw new Error(`kubeconform found nothing valid: ${text.slice(0, 500)}`);
      return resources.map(({ kind, status }) => `${kind} ${status.replace(/^status/, '').toLowerCase()}`);
    },
  };
}
