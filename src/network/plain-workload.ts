import { ApiObject } from 'cdk8s';
import type { AbstractPod } from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { Fault } from '../kube/faults';
import type { Labels } from '../kube/selectors';
import { FlowEnd } from './flow-end';
import { namespaceAt } from './namespace-scope';

/** The label by which cdk8s-plus tells the pods of one workload from all others. */
const ADDRESS_LABEL = 'cdk8s.io/metadata.addr';

/** What a workload of cdk8s-plus, of any Kubernetes version, tells about itself. */
export function plainWorkload(construct: IConstruct): FlowEnd {
  const pod = construct as AbstractPod;
  if (!pod.podMetadata || !Array.isArray(pod.containers)) {
    throw new Fault({
      where: construct.node.path,
      what: 'it is no workload: it has no pods',
      id: 'peer-no-workload',
      advice: 'Name a Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod; a Service is reached through the workload behind it.',
    });
  }
  const object = ApiObject.of(pod);
  return {
    construct,
    kind: object.kind,
    name: pod.name,
    namespace: pod.metadata.namespace ?? namespaceAt(construct),
    get podLabels(): Labels {
      const address = pod.podMetadata.getLabel(ADDRESS_LABEL);
      return address === undefined ? {} : { [ADDRESS_LABEL]: address };
    },
    declaredPorts: () => pod.containers.flatMap(container => container.ports.map(({ number, protocol, name }) => (
      { port: number, protocol: protocol ?? 'TCP', name, container: container.name }
    ))),
    clientPorts: () => undefined,
    hostNetwork: () => pod.hostNetwork === true,
  };
}
