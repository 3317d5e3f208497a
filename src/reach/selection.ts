import { AddressRange, parseAddress, parseBlock } from '../kube/addresses';
import { Fault } from '../kube/faults';
import { isLabelKey } from '../kube/selectors';
import { CONTROLLERS } from './entrances';
import { NODE } from './network-peer';
import { Workload } from './workload';

/** Which peers are asked about: a workload, a namespace, labels, addresses, or a name such as `node`. */
export class Selection {
  /** Reads `namespace/name`, `namespace/`, `namespace/label=value`, an address or a CIDR; an id of a peer, too. */
  public static parse(where: string, text: string): Selection {
    const none = () => false;
    const address = parseAddress(text);
    if (address) return new Selection(none, { family: address.family, first: address.value, last: address.value }, undefined);
    const block = parseBlock(text);
    if (block) return new Selection(none, block, undefined);
    if (text === NODE.id || (CONTROLLERS as readonly string[]).includes(text)) return new Selection(none, undefined, text);
    const match = /^([^/]+)\/(.*)$/s.exec(text);
    if (!match) {
      throw new Fault({
        where,
        what: `'${text}' names no peer`,
        id: 'peer-unknown',
        advice: "Write namespace/name, namespace/, namespace/label=value, an address, a CIDR, or 'node'.",
      });
    }
    const [, namespace, rest] = match;
    const inNamespace = (workload: Workload) => workload.namespace.name === namespace;
    if (rest === '') return new Selection(inNamespace, undefined, undefined);
    const label = /^([^=[\]]+)=(.*)$/s.exec(rest);
    if (!label || !isLabelKey(label[1])) {
      return new Selection(its => inNamespace(its) && (its.name === rest || its.id === text), undefined, undefined);
    }
    const [, key, value] = label;
    const has = (workload: Workload) => workload.units.some(({ labels }) => Object.hasOwn(labels, key) && labels[key] === value);
    return new Selection(its => inNamespace(its) && has(its), undefined, undefined);
  }

  private constructor(
    private readonly selectsWorkload: (workload: Workload) => boolean,
    /** The addresses that are asked about, if any. */
    public readonly range: AddressRange | undefined,
    private readonly name: string | undefined,
  ) {}

  /** Tells whether a workload is asked about. */
  public hasWorkload(workload: Workload): boolean {
    return this.selectsWorkload(workload);
  }

  /** Tells whether the node or a controller is asked about. */
  public hasName(name: string): boolean {
    return this.name === name;
  }
}
