import { installed, outputOf } from './installed';
import { Scanner } from './scanner';

const PROGRAM = ['checkov', 'bin', 'checkov'];

/** Every check of its Kubernetes framework, without the network. */
export const checkov: Scanner = {
  name: 'Checkov',
  missing: () => installed(...PROGRAM) ? undefined : 'Checkov 3.3.30 is not installed',
  findings(file) {
    const text = outputOf(installed(...PROGRAM)!, ['--file', file, '--framework', 'kubernetes', '--output', 'json', '--compact', '--quiet', '--skip-download']);
    const answer = JSON.parse(text) as { results?: { failed_checks: { check_id: string }[]; parsing_errors?: string[] } };
    if (!answer.results) throw new Error(`Checkov has judged nothing: ${text.slice(0, 500)}`);
    if (answer.results.parsing_errors?.length) throw new Error(`Checkov could not read ${file}`);
    return answer.results.failed_checks.map(({ check_id: id }) => id);
  },
};
