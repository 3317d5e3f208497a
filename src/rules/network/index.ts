import { ManifestRule } from '../manifest-rule';
import { SetRule } from '../set-rule';
import { networkDenyAllows, networkDirectionIgnored } from './contradictions';
import { networkHostBits } from './host-bits';
import {
  networkDnsBlocked, networkEndsDisagree, networkPolicySelectsNothing, networkPolicyUnused, networkRuleNoEffect, networkRuleShadowed,
} from './lints';
import { networkMetadataAddress } from './metadata-address';
import { networkEgressOpen, networkEveryNamespace, networkIngressOpen } from './open';
import { networkPodHalfOpen, networkPodUnselected } from './unselected';

/** Every rule about a NetworkPolicy by itself. */
export const NETWORK_RULES: readonly ManifestRule[] = [
  networkIngressOpen,
  networkEgressOpen,
  networkEveryNamespace,
  networkMetadataAddress,
  networkDenyAllows,
  networkDirectionIgnored,
  networkHostBits,
];

/** Every rule about NetworkPolicies and whom they select. */
export const NETWORK_SET_RULES: readonly SetRule[] = [
  networkPodUnselected,
  networkPodHalfOpen,
  networkPolicySelectsNothing,
  networkPolicyUnused,
  networkRuleNoEffect,
  networkRuleShadowed,
  networkDnsBlocked,
  networkEndsDisagree,
];
