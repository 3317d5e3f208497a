import { readInputs } from '../kube/reading/read';
import { Severity } from '../kube/severity';
import { NEWEST_KUBERNETES, minorOf } from '../kube/versions';
import { audit } from '../rules/audit';
import { PACKS } from '../rules/packs';

/** Judges manifests: files, folders or standard input. */
export function check(args: readonly string[]): number {
  const { objects, problems } = readInputs(args);
  const yardstick = { pack: PACKS[0], minor: minorOf(NEWEST_KUBERNETES)!, today: new Date().toISOString().slice(0, 10) };
  let errors = 0;
  for (const { manifest, source } of objects) {
    for (const finding of audit(manifest, yardstick)) {
      const { line } = source.locate(finding.field);
      process.stdout.write(`${source.file}:${line} · ${finding.object.kind} ${finding.object.name} · ${finding.field}: ${finding.message} [${finding.rule}]. ${finding.advice}\n`);
      if (finding.severity === Severity.ERROR && (!finding.waiver || finding.waiver.expired)) errors++;
    }
  }
  for (const { file, line, message } of problems) process.stderr.write(`${file}:${line}: ${message}\n`);
  return problems.length ? 2 : errors ? 1 : 0;
}
