import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { PortRange } from '../../src/kube/ports';
import { ConnectOptions } from '../../src/network/connect-options';
import type { DeclaredPort } from '../../src/network/flow-end';
import { namespaceFor } from '../../src/network/namespace-scope';
import { IPeer, Peer } from '../../src/network/peer';
import { WorkloadNetwork } from '../../src/network/workload-network';

export interface FakeProps {
  readonly namespace?: string;
  readonly labels?: { [key: string]: string };
  readonly ports?: (Omit<DeclaredPort, 'container'> & { container?: string })[];
  readonly clientPorts?: PortRange[];
  readonly kind?: string;
}

/** A workload that tells of itself what the test says. */
export class FakeWorkload extends kplus.Deployment implements IPeer {
  public readonly network: WorkloadNetwork;
  public readonly labels: { [key: string]: string };
  private readonly ports: DeclaredPort[] = [];

  constructor(scope: Construct, id: string, props: FakeProps = {}) {
    const namespace = namespaceFor(scope, id, props.namespace);
    super(scope, id, { metadata: { name: id, namespace }, containers: [{ image: 'x' }] });
    restricted(this);
    this.labels = props.labels ?? { app: id };
    for (const { container = 'main', ...port } of props.ports ?? []) this.ports.push({ ...port, container });
    this.network = new WorkloadNetwork({
      construct: this,
      kind: props.kind ?? 'Deployment',
      name: this.name,
      namespace,
      podLabels: this.labels,
      declaredPorts: () => this.ports,
      clientPorts: () => props.clientPorts,
    });
  }

  public declare(port: number, protocol = 'TCP', name?: string): void {
    this.ports.push({ port, protocol, name, container: 'main' });
  }

  public connectTo(target: IPeer, options?: ConnectOptions): void {
    this.network.connect(target, options);
  }

  public acceptFrom(source: IPeer, options?: ConnectOptions): void {
    this.network.accept(source, options);
  }

  public toPeer(): Peer {
    return this.network.peer;
  }
}

/** Adds what Pod Security `restricted` asks for besides what cdk8s-plus writes, so that a SecureNamespace takes the pods. */
export function restricted(workload: kplus.Workload): kplus.Workload {
  ApiObject.of(workload).addJsonPatch(
    JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }),
    JsonPatch.add('/spec/template/spec/containers/0/securityContext/capabilities', { drop: ['ALL'] }),
  );
  return workload;
}

export function chart(namespace?: string, id = 'shop'): Chart {
  return new Chart(Testing.app(), id, { namespace });
}

/** All policies of a chart, by namespace and name. */
export function policies(scope: Chart): { [name: string]: any } {
  const found = Testing.synth(scope).filter(object => object.kind === 'NetworkPolicy');
  const named = Object.fromEntries(found.map(object => [[object.metadata.namespace, object.metadata.name].filter(x => x).join('/'), object]));
  // Two policies of one name would be one in the cluster.
  expect(Object.keys(named)).toHaveLength(found.length);
  return named;
}

/** The whole message with which something fails. */
export function failure(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing failed';
}

/** The rules of one policy. */
export function rules(scope: Chart, name: string): any[] {
  const { spec } = policies(scope)[name];
  return spec.egress ?? spec.ingress ?? [];
}
