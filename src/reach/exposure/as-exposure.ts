import { formatRange } from '../../kube/addresses';
import { connectionsIn, portsOf } from '../as-connection';
import { ConnectionVerdict } from '../connection';
import { Reach } from '../reach';
import { describeSelector } from '../selector-words';
import { reasonsOf } from '../verdict';
import { Workload } from '../workload';
import { NewPodsExposure, WorkloadExposure } from '../workload-exposure';
import { entrancesOf, withInternet } from './internet';
import { NewPods, newPods } from './new-pods';

/** To what a workload is exposed, as every language can carry it. */
export function exposureOf(reach: Reach, workload: Workload): WorkloadExposure {
  const { id } = workload;
  const { verdicts: { ports } } = reach.world;
  return {
    workload: id,
    reachedBy: newPods(reach, workload, 'ingress').map(told),
    reaches: newPods(reach, workload, 'egress').map(told),
    entrances: entrancesOf(reach, workload).flatMap(({ name, verdict }) => connectionsIn({ from: name, to: id }, verdict, ports)),
    toInternet: connectionsIn({ from: id, to: 'internet' }, withInternet(reach, workload, 'egress'), ports),
  };
}

function told({ namespaces, pods, ranges, ports, names, doubts }: NewPods): NewPodsExposure {
  return {
    ...'name' in namespaces ? { namespaceName: namespaces.name, namespaceSelector: '' } : { namespaceSelector: describeSelector(namespaces) },
    podSelector: describeSelector({ requirements: pods }),
    ...ranges && { addresses: ranges.map(formatRange).join(', ') },
    verdict: doubts ? ConnectionVerdict.DEPENDS : ConnectionVerdict.ALLOWED,
    ...portsOf(ports),
    portNames: [...names],
    ...doubts && { reason: reasonsOf(doubts) },
  };
}
