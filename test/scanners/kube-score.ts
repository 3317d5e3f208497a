import { installed, outputOf } from './installed';
import { Scanner } from './scanner';

const PROGRAM = ['bin', 'kube-score'];
/** Those that are left out unless somebody asks for them. */
const OPTIONAL = [
  'container-security-context', 'container-seccomp-profile', 'container-cpu-requests-equal-limits', 'container-memory-requests-equal-limits',
  'container-resource-requests-equal-limits', 'container-ephemeral-storage-request-equals-limit', 'container-ports-check',
];
/** The grade of a check that has nothing to say. */
const ALL_OK = 10;

interface Answer {
  readonly checks: readonly { readonly check: { readonly id: string }; readonly grade: number; readonly skipped: boolean }[] | null;
}

/** Every check, the optional ones included. */
export const kubeScore: Scanner = {
  name: 'kube-score',
  missing: () => installed(...PROGRAM) ? undefined : 'kube-score 1.20.0 is not installed',
  findings(file) {
    const program = installed(...PROGRAM)!;
    const known = new Set(outputOf(program, ['list']).split('\n').map(line => line.split(',')[0]));
    const asked = OPTIONAL.filter(id => known.has(id)).flatMap(id => ['--enable-optional-test', id]);
    const answer = JSON.parse(outputOf(program, ['score', '--output-format', 'json', ...asked, file])) as Answer[];
    if (!answer.length) throw new Error('kube-score has judged nothing');
    return answer.flatMap(({ checks }) => (checks ?? []).filter(({ grade, skipped }) => !skipped && grade < ALL_OK).map(({ check }) => check.id));
  },
};
