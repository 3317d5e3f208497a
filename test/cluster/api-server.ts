import { Agent, request } from 'node:https';
import { kubectl } from './kubectl';

/** Calls the API server with a token, as a program in a pod does. */
export class ApiServer {
  /** Each verb on each resource, as a review lists them. */
  public static rightsIn({ resourceRules, nonResourceRules }: any): Set<string> {
    return new Set([
      ...resourceRules.flatMap(({ verbs, apiGroups, resources, resourceNames = [''] }: any) => verbs.flatMap((verb: string) => apiGroups
        .flatMap((group: string) => resources.flatMap((resource: string) => resourceNames.map((name: string) => [verb, group, resource, name].join(' ')))))),
      ...nonResourceRules.flatMap(({ verbs, nonResourceURLs }: any) => verbs.flatMap((verb: string) => nonResourceURLs.map((url: string) => [verb, url].join(' ')))),
    ]);
  }

  private readonly url: URL;
  private readonly agent: Agent;

  constructor() {
    const { cluster } = JSON.parse(kubectl(['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json']).out).clusters[0];
    this.url = new URL(cluster.server);
    const data = cluster['certificate-authority-data'];
    this.agent = new Agent({
      ...data && { ca: Buffer.from(data, 'base64') },
      ...cluster['tls-server-name'] && { servername: cluster['tls-server-name'] },
      rejectUnauthorized: !cluster['insecure-skip-tls-verify'], keepAlive: true, maxSockets: 16,
    });
  }

  /** The status and the body of an answer. */
  public async call(token: string, method: string, path: string, body?: object): Promise<{ status: number; body: any }> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': type };
    return new Promise((resolve, reject) => {
      const call = request(new URL(path, this.url), { method, headers, agent: this.agent }, response => {
        const parts: Buffer[] = [];
        response.on('data', part => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode!, body: response.headers['content-type']?.includes('json') ? JSON.parse(text) : text });
        });
      });
      call.on('error', reject);
      call.end(body && JSON.stringify(body));
    });
  }

  /** Whether whoever has the token may do something. */
  public async may(token: string, resourceAttributes: object): Promise<boolean> {
    return (await this.review(token, 'SelfSubjectAccessReview', { resourceAttributes })).allowed;
  }

  /** Everything that whoever has the token may do in a namespace: what `kubectl auth can-i --list` shows. */
  public async rights(token: string, namespace: string): Promise<Set<string>> {
    return ApiServer.rightsIn(await this.review(token, 'SelfSubjectRulesReview', { namespace }));
  }

  /** Lets go of the connections that are kept. */
  public close(): void {
    this.agent.destroy();
  }

  private async review(token: string, kind: string, spec: object): Promise<any> {
    const apiVersion = 'authorization.k8s.io/v1';
    const { status, body } = await this.call(token, 'POST', `/apis/${apiVersion}/${kind.toLowerCase()}s`, { apiVersion, kind, spec });
    if (status !== 201) throw new Error(`${kind}: ${status} ${JSON.stringify(body)}`);
    return body.status;
  }
}
