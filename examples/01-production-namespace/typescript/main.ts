import { App, Chart, Duration, Size, YamlOutputType } from 'cdk8s';
import { EnvValue, Ingress, IngressBackend, Probe, Secret, Service, Volume } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HardenedDeployment, HardenedStatefulSet, IngressWhitelist, Peer, SecureNamespace } from 'cdk8s-hardened';

/**
 * A web front end and a database client behind Traefik, and the database: in a namespace of their own that is
 * closed but for the connections that are named here.
 */
class Production extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const production = new SecureNamespace(this, 'production');

    // What is in the cluster already: k3s' ingress controller, and a Prometheus.
    const kubeSystem = SecureNamespace.existing(this, 'kube-system', 'kube-system');
    const traefik = kubeSystem.pods({ 'app.kubernetes.io/name': 'traefik' });
    kubeSystem.openToAnyone('traefik', { 'app.kubernetes.io/name': 'traefik' });
    const prometheus = Peer.pods({ namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } });

    // nginx: user, folders and port 80 come from its profile.
    const webConsole = new HardenedDeployment(production, 'web-console', {
      metadata: { name: 'web-console' },
      containers: [{
        name: 'nginx',
        image: 'nginx:1.28.0',
        portNumber: 80,
        readiness: Probe.fromHttpGet('/'),
        liveness: Probe.fromTcpSocket(),
        resources: { memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) } },
      }],
    });

    // The database: one replica with a volume. Its password is a file of a Secret that exists, no environment variable.
    const login = Volume.fromSecret(this, 'login', Secret.fromSecretName(this, 'mongodb-login', 'mongodb-login'));
    const mongodb = new HardenedStatefulSet(production, 'mongodb', {
      metadata: { name: 'mongodb' },
      service: new Service(production, 'mongodb-service', {
        metadata: { name: 'mongodb' }, clusterIP: 'None', ports: [{ port: 27017 }],
      }),
      containers: [{
        name: 'mongo',
        image: 'mongo:8.0.4',
        portNumber: 27017,
        envVariables: {
          MONGO_INITDB_ROOT_USERNAME: EnvValue.fromValue('console'),
          MONGO_INITDB_ROOT_PASSWORD_FILE: EnvValue.fromValue('/etc/mongodb-login/password'),
        },
        volumeMounts: [{ path: '/etc/mongodb-login', volume: login, readOnly: true }],
        readiness: Probe.fromCommand(['mongosh', '--quiet', '--eval', 'db.adminCommand({ ping: 1 })'], { timeoutSeconds: Duration.seconds(5) }),
        liveness: Probe.fromTcpSocket(),
        resources: { memory: { request: Size.mebibytes(512), limit: Size.mebibytes(1024) } },
      }],
      dataSize: '10Gi',
    });

    // An image without a profile: its user and what it writes to are said here.
    const nosqlclient = new HardenedDeployment(production, 'nosqlclient', {
      metadata: { name: 'nosqlclient' },
      replicas: 1,
      containers: [{
        name: 'nosqlclient',
        image: 'mongoclient/mongoclient:4.0.1',
        portNumber: 3000,
        securityContext: { user: 1000, group: 1000 },
        readiness: Probe.fromHttpGet('/'),
        liveness: Probe.fromTcpSocket(),
        resources: { memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) } },
      }],
      tempFolders: ['/tmp'],
    });

    // Who may talk to whom. Both sides are written where both are ours.
    nosqlclient.connectTo(mongodb);
    webConsole.acceptFrom(traefik);
    nosqlclient.acceptFrom(traefik);
    for (const workload of [webConsole, nosqlclient, mongodb]) {
      new IngressWhitelist(workload, 'scraping', { workload, sources: [prometheus], why: 'metrics are scraped' });
    }

    // Everything of cdk8s-plus works on them as usual.
    const ingress = new Ingress(this, 'ingress', { metadata: { name: 'production', namespace: 'production' } });
    ingress.addHostRule('console.example.com', '/', IngressBackend.fromService(webConsole.exposeViaService({ name: 'web-console' })));
    ingress.addHostRule('nosql.example.com', '/', IngressBackend.fromService(nosqlclient.exposeViaService({ name: 'nosqlclient' })));
  }
}

const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_APP });
new Production(app, 'production');
app.synth();
