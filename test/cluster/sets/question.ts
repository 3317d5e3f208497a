import { Cell, LAB_DNS, LabPod, Port, cellsOf, podsIn } from './cells';
import { manifestsOf } from './manifests';
import { FlowSet } from './plan';
import { BEYOND, LISTENERS, OUTSIDE, SILENT } from './words';

const PORTS: readonly Port[] = [...LISTENERS.map(({ number, protocol }): Port => ({ port: number, protocol })), { port: SILENT, protocol: 'TCP' }, { port: SILENT, protocol: 'UDP' }];
const PORTS_OF_SIX: readonly Port[] = [{ port: 8080, protocol: 'TCP' }];
/** Addresses outside answer on every port. */
const PORTS_OUTSIDE: readonly Port[] = [{ port: 80, protocol: 'TCP' }, { port: 8080, protocol: 'TCP' }, { port: 8080, protocol: 'UDP' }];

/** A set as manifests, the DNS of the lab among them, and every connection that is asked about. */
export interface SetQuestion {
  readonly manifests: readonly any[];
  readonly pods: readonly LabPod[];
  readonly cells: readonly Cell[];
}

/** What is asked about a set. */
export function questionOf(set: FlowSet): SetQuestion {
  const manifests = [...LAB_DNS, ...manifestsOf(set)];
  const pods = podsIn(manifests);
  const cells = cellsOf({ pods, ports: PORTS, portsOfSix: PORTS_OF_SIX, outside: OUTSIDE, beyond: BEYOND, portsOutside: PORTS_OUTSIDE });
  return { manifests, pods, cells };
}
