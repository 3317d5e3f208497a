import { Fault } from '../kube/faults';
import { checkFolderPath } from '../kube/paths';
import { TokenClaim } from '../rules/harden/claims';
import { ServiceAccountTokenOptions } from './container-options';

/** What the API server takes for the life of a token, in seconds. */
const [SHORTEST, LONGEST] = [600, 2 ** 32];

/** A token for a third party as it was asked for, checked. */
export function tokenClaim(where: string, { audience, path, expirationSeconds = 3600 }: ServiceAccountTokenOptions): TokenClaim {
  const fault = (what: string, advice: string) => new Fault({ where, what: `the service account token ${what}`, id: 'token-invalid', advice });
  if (!audience.trim()) throw fault('has no audience', "Name who checks it: { audience: 'vault', path: '/var/run/secrets/vault' }.");
  if (!Number.isInteger(expirationSeconds) || expirationSeconds < SHORTEST || expirationSeconds > LONGEST) {
    throw fault(`is valid for ${expirationSeconds} seconds`, `Write a whole number from ${SHORTEST} to ${LONGEST}.`);
  }
  return { audience, path: checkFolderPath(where, path), expirationSeconds };
}
