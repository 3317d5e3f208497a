import { ChildProcess, spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { kubectlCommand } from '../kubectl';

/** What the API server says to one request. */
export interface Reply {
  readonly status: number;
  readonly body: any;
  readonly warnings: readonly string[];
}

/** The API server, through `kubectl proxy`, which knows how to log in wherever kubectl does. */
export class Server {
  public static async start(): Promise<Server> {
    const [program, ...args] = kubectlCommand('proxy', '--port=0');
    const proxy = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = await new Promise<string>((resolve, reject) => {
      let said = '';
      proxy.stdout.on('data', data => {
        said += data;
        const [, found] = /127\.0\.0\.1:(\d+)/.exec(said) ?? [];
        if (found) resolve(found);
      });
      proxy.once('exit', () => reject(new Error('kubectl proxy has ended')));
    });
    return new Server(proxy, Number(port));
  }

  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });
  private readonly kinds = new Map<string, Promise<Map<string, { name: string; namespaced: boolean }>>>();

  private constructor(private readonly proxy: ChildProcess, private readonly port: number, private readonly headers: object = {}) {}

  /** The same server, asked in the name of somebody else. */
  public as(user: string, groups: readonly string[]): Server {
    return new Server(this.proxy, this.port, { 'Impersonate-User': user, 'Impersonate-Group': groups });
  }

  /** Ends the proxy. */
  public stop(): void {
    this.agent.destroy();
    this.proxy.removeAllListeners('exit');
    this.proxy.kill();
  }

  /** Applies a manifest as `kubectl apply --server-side --validate=strict` does. */
  public async apply(manifest: any, ...options: string[]): Promise<Reply> {
    const query = ['fieldManager=cdk8s-hardened', 'fieldValidation=Strict', ...options].join('&');
    return this.call('PATCH', `${await this.path(manifest)}?${query}`, manifest, 'application/apply-patch+yaml');
  }

  /** Creates an object as `kubectl create --validate=strict` does; with `dryRun=All`, only as far as asking all admission plugins. */
  public async create(manifest: any, ...options: string[]): Promise<Reply> {
    const collection = (await this.path(manifest)).replace(/\/[^/]*$/, '');
    return this.call('POST', `${collection}?${['fieldValidation=Strict', ...options].join('&')}`, manifest);
  }

  /** Changes what a kubelet, or somebody else who watches an object, says of it. */
  public async patchStatus(object: any, status: object): Promise<Reply> {
    return this.call('PATCH', `${await this.path(object)}/status`, { status }, 'application/merge-patch+json');
  }

  /** The items of a kind in some namespaces. */
  public async list(apiVersion: string, kind: string, namespaces: readonly string[]): Promise<any[]> {
    const lists = await Promise.all(namespaces.map(async namespace => {
      const path = await this.path({ apiVersion, kind, metadata: { namespace, name: '' } });
      const { status, body } = await this.call('GET', path.replace(/\/$/, ''));
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
      return body.items.map((item: any) => ({ apiVersion, kind, ...item }));
    }));
    return lists.flat();
  }

  /** Whether there is an object. */
  public async has(object: any): Promise<boolean> {
    return (await this.call('GET', await this.path(object))).status === 200;
  }

  /** Any request. */
  public async call(method: string, path: string, body?: object, type = 'application/json'): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port: this.port, method, path, agent: this.agent, headers: { ...this.headers, 'Content-Type': type } }, response => {
        const parts: Buffer[] = [];
        response.on('data', part => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          const headers = response.rawHeaders;
          const warnings = headers.filter((_, i) => i % 2 === 1 && headers[i - 1].toLowerCase() === 'warning')
            .map(header => header.replace(/^\d+ \S+ "(.*)"$/s, '$1').replace(/\\(.)/g, '$1'));
          resolve({ status: response.statusCode!, body: /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : text, warnings });
        });
      });
      call.on('error', reject);
      call.end(body && JSON.stringify(body));
    });
  }

  /** Where an object is, as the server itself tells. */
  private async path({ apiVersion, kind, metadata }: any): Promise<string> {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!this.kinds.has(base)) {
      this.kinds.set(base, this.call('GET', base).then(({ body }) => new Map((body.resources ?? [])
        .filter(({ name }: any) => !name.includes('/')).map((resource: any) => [resource.kind, resource]))));
    }
    const resource = (await this.kinds.get(base)!).get(kind);
    if (!resource) throw new Error(`the API server has no ${kind} of ${apiVersion}`);
    const space = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${base}${space}/${resource.name}/${encodeURIComponent(metadata.name)}`;
  }
}
