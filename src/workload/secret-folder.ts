import type { ISecret } from 'cdk8s-plus-27';
import { Fault } from '../kube/faults';
import { checkDnsSubdomain } from '../kube/names';
import { checkFolderPath } from '../kube/paths';
import { SecretFolderClaim } from '../rules/harden/claims';
import { SecretFolderOptions } from './container-options';

/** A Secret as files as it was asked for, checked. */
export function secretFolder(where: string, path: string, secret: ISecret, options: SecretFolderOptions = {}): SecretFolderClaim {
  const { keys, containers, optional } = options;
  const clean = checkFolderPath(where, path);
  const wrong = keys?.find(key => !/^[-._a-zA-Z0-9]+$/.test(key) || key.startsWith('..') || key === '.');
  if (wrong !== undefined || keys?.length === 0) {
    throw new Fault({
      where,
      what: wrong === undefined ? `the Secret '${secret.name}' at '${clean}' is to have no key` : `'${wrong}' is no key that a Secret can have as a file`,
      id: 'secret-key-invalid',
      advice: "Write the keys as the Secret has them, { keys: ['password'] }; without keys all of them become files.",
    });
  }
  return { path: clean, secretName: checkDnsSubdomain(where, 'a Secret', secret.name), keys, containers, optional };
}
