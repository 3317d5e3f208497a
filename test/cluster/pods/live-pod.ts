import { ApiServer } from '../api-server';
import { Answer, kubectl } from '../kubectl';
import { expectText, says } from './said';

/** Every pod that was seen ready, or done. */
export const STARTED = new Set<string>();

/** A pod that the kubelet runs: what it says and does. */
export class LivePod {
  /** The address of the pod that runs now. */
  public address = '';
  private name = '';

  /**
   * @param namespace has one pod with these labels at a time
   * @param selector labels, as in a query
   * @param server what is asked often is not asked by kubectl, whose start takes longer than the answer
   */
  constructor(public readonly namespace: string, private readonly selector: string, private readonly server: ApiServer) {}

  /** The pod as the API server has it; undefined between the end of one and its successor. */
  public async state(): Promise<any> {
    const { status, body } = await this.server.call(adminToken(), 'GET', `/api/v1/namespaces/${this.namespace}/pods?labelSelector=${encodeURIComponent(this.selector)}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    const pod = body.items.find(({ metadata }: any) => !metadata.deletionTimestamp);
    if (isReady(pod)) STARTED.add(pod.metadata.uid);
    if (pod) {
      this.name = pod.metadata.name;
      this.address = pod.status.podIP;
    }
    return pod;
  }

  /** Another pod of the namespace. */
  public neighbour(selector: string): LivePod {
    return new LivePod(this.namespace, selector, this.server);
  }

  /** Runs a command in the container; throws where it fails. */
  public exec(...command: string[]): string {
    const { ok, out, err } = this.tryExec(...command);
    if (!ok) throw new Error(`${command.join(' ').slice(0, 300)}: ${err || out}`);
    return out;
  }

  public tryExec(...command: string[]): Answer {
    return kubectl(['exec', '-n', this.namespace, this.name, '--', ...command]);
  }

  /** A script of the shell. */
  public sh(script: string): string {
    return this.exec('sh', '-c', script);
  }

  /** What it has written, the container that ran before it included. */
  public log(): string {
    return [['--previous'], []].map(which => kubectl(['logs', '-n', this.namespace, this.name, '--all-containers', ...which]).out).join('');
  }

  /** Waits until the pod is ready or done, or its container has ended in failure. */
  public async settles(): Promise<any> {
    return this.until('it gets ready, or ends', pod => isReady(pod) || failures(pod) > 0);
  }

  /** Waits until the pod is ready or, as that of a Job, done; throws as soon as its container ends in failure. */
  public async starts(): Promise<void> {
    const state = await this.settles();
    if (failures(state) > 0) throw new Error(`it does not start: ${JSON.stringify(state.status.containerStatuses)}\n${this.log()}`);
  }

  /** Has the main process end, by a command, and waits until its container is there again. */
  public async restarts(...command: string[]): Promise<void> {
    const before = restarts(await this.state());
    this.tryExec(...command); // which ends with the container
    await this.until('its container starts anew', pod => restarts(pod) > before && isReady(pod));
  }

  /** Deletes the pod, and waits for its successor. */
  public async isReplaced(): Promise<void> {
    const { uid, name } = (await this.state()).metadata;
    const { status, body } = await this.server.call(adminToken(), 'DELETE', `/api/v1/namespaces/${this.namespace}/pods/${name}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    await this.until('its pod is replaced', pod => pod !== undefined && pod.metadata.uid !== uid && isReady(pod));
  }

  /** Waits until the pod is as it should be. */
  public async until(what: string, isRight: (pod: any) => boolean): Promise<any> {
    const state = await waitFor(() => this.state(), isRight, 120);
    if (!isRight(state)) throw new Error(`not in two minutes: ${what}; ${JSON.stringify(state?.status)}`);
    return state;
  }

  /** Asks until the answer is as it should be. */
  public async eventuallySays(ask: () => string | Promise<string>, wanted: string | RegExp): Promise<void> {
    expectText(await waitFor(ask, said => says(said, wanted), 20), wanted);
  }
}

async function waitFor<T>(ask: () => T | Promise<T>, isRight: (value: T) => boolean, seconds: number): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let value = await ask();
  while (!isRight(value) && Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 300));
    value = await ask();
  }
  return value;
}

let token: string | undefined;

function adminToken(): string {
  return token ??= JSON.parse(kubectl(['config', 'view', '--raw', '-o', 'json']).out).users[0].user.token as string;
}

function isReady(pod: any): boolean {
  return pod?.status.phase === 'Succeeded' || (pod?.status.conditions ?? []).some(({ type, status }: any) => type === 'Ready' && status === 'True');
}

function restarts(pod: any): number {
  return pod?.status.containerStatuses?.[0]?.restartCount ?? 0;
}

/** How often a container of the pod ended otherwise than well. */
function failures(pod: any): number {
  const statuses = [...pod?.status.initContainerStatuses ?? [], ...pod?.status.containerStatuses ?? []];
  const ended = statuses.flatMap(({ state, lastState }: any) => [state.terminated, lastState.terminated]);
  return ended.filter(terminated => terminated && terminated.exitCode !== 0).length;
}
