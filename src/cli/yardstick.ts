import { NEWEST_KUBERNETES, minorOf } from '../kube/versions';
import { ambientToday } from '../posture/today';
import { Yardstick } from '../rules/audit';
import { choosePack } from '../rules/choose-pack';
import { Config } from '../rules/config';
import { Line, wrong } from './options';

/** By what a command judges: what stands on its command line goes before what the repository has decided. */
export function yardstickOf(command: string, { values: { pack, kubernetes } }: Line, config: Config): Yardstick {
  const version = kubernetes ?? config.kubernetes ?? NEWEST_KUBERNETES;
  const minor = minorOf(version);
  if (minor === undefined || minor > minorOf(NEWEST_KUBERNETES)!) {
    throw wrong(command, `'${version}' is no Kubernetes version that is known here`, `Write one up to ${NEWEST_KUBERNETES}, such as --kubernetes ${NEWEST_KUBERNETES}.`);
  }
  const where = (rule?: string) => rule !== undefined ? config.where(`rules.${rule}`)
    : pack !== undefined || config.packs === undefined ? `cdk8s-hardened ${command}` : config.where('pack');
  const chosen = choosePack(where, { names: pack?.split(/\s*,\s*/) ?? config.packs, decisions: config.decisions });
  return { pack: chosen, minor, today: ambientToday(`cdk8s-hardened ${command}`), parameters: config.parameters };
}
