import { ApiObject, App, Chart, JsonPatch, Size, YamlOutputType } from 'cdk8s';
import { Cpu, EnvValue, Ingress, IngressBackend, Probe } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HardenedDeployment, ImageProfile, Peer, SecureNamespace, SecurityDefaults } from 'cdk8s-hardened';

const REGISTRY = 'us-central1-docker.pkg.dev/google-samples/microservices-demo';
const VERSION = 'v0.10.4';

/** What a service of the shop says of itself. */
interface Service {
  /** The port that it listens on, and that of the Service in front of it where that is another one. */
  readonly port: number;
  readonly servicePort?: number;
  /** In thousandths of a CPU. */
  readonly cpu: number;
  /** Request and limit, in MiB. */
  readonly memory: [number, number];
  /** The variable in which its callers look for its address. */
  readonly foundBy: string;
  readonly calls?: string[];
  readonly variables?: { [name: string]: string };
}

const SERVICES: { [name: string]: Service } = {
  adservice: { port: 9555, cpu: 200, memory: [180, 300], foundBy: 'AD_SERVICE_ADDR' },
  cartservice: { port: 7070, cpu: 200, memory: [64, 128], foundBy: 'CART_SERVICE_ADDR', variables: { REDIS_ADDR: 'redis-cart:6379' } },
  checkoutservice: {
    port: 5050, cpu: 100, memory: [64, 128], foundBy: 'CHECKOUT_SERVICE_ADDR',
    calls: ['cartservice', 'currencyservice', 'emailservice', 'paymentservice', 'productcatalogservice', 'shippingservice'],
  },
  currencyservice: { port: 7000, cpu: 100, memory: [64, 128], foundBy: 'CURRENCY_SERVICE_ADDR' },
  emailservice: { port: 8080, servicePort: 5000, cpu: 100, memory: [64, 128], foundBy: 'EMAIL_SERVICE_ADDR' },
  paymentservice: { port: 50051, cpu: 100, memory: [64, 128], foundBy: 'PAYMENT_SERVICE_ADDR' },
  productcatalogservice: { port: 3550, cpu: 100, memory: [64, 128], foundBy: 'PRODUCT_CATALOG_SERVICE_ADDR' },
  recommendationservice: { port: 8080, cpu: 100, memory: [220, 450], foundBy: 'RECOMMENDATION_SERVICE_ADDR', calls: ['productcatalogservice'] },
  shippingservice: { port: 50051, cpu: 100, memory: [64, 128], foundBy: 'SHIPPING_SERVICE_ADDR' },
  frontend: {
    port: 8080, servicePort: 80, cpu: 100, memory: [64, 128], foundBy: 'FRONTEND_ADDR',
    calls: ['adservice', 'cartservice', 'checkoutservice', 'currencyservice', 'productcatalogservice', 'recommendationservice', 'shippingservice'],
    // It wants to know an assistant, too, which this shop does not have.
    variables: { SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80' },
  },
};

/** Where a service is reached: `cartservice:7070`. */
function address(name: string): string {
  const { port, servicePort } = SERVICES[name];
  return `${name}:${servicePort ?? port}`;
}

function values(variables: { [name: string]: string }): { [name: string]: EnvValue } {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, EnvValue.fromValue(value)]));
}

function resources(cpu: number, [request, limit]: [number, number]) {
  return { cpu: { request: Cpu.millis(cpu) }, memory: { request: Size.mebibytes(request), limit: Size.mebibytes(limit) } };
}

/** A shop of eleven services and a cache, in a namespace of their own: what nobody calls here is shut. */
class Shop extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const shop = new SecureNamespace(this, 'shop');

    // The shop's own images: all run as one user, and write to no folder.
    const images = [...Object.keys(SERVICES), 'loadgenerator'].map(name => `${REGISTRY}/${name}`);
    SecurityDefaults.of(this).set({ imageProfiles: [ImageProfile.of({ images, user: 1000, group: 1000 })] });

    const deployments: { [name: string]: HardenedDeployment } = {};
    for (const [name, { port, cpu, memory, calls = [], variables }] of Object.entries(SERVICES)) {
      deployments[name] = new HardenedDeployment(shop, name, {
        metadata: { name },
        containers: [{
          name: 'server',
          image: `${REGISTRY}/${name}:${VERSION}`,
          portNumber: port,
          envVariables: values({
            PORT: String(port),
            DISABLE_PROFILER: '1',
            ...Object.fromEntries(calls.map(called => [SERVICES[called].foundBy, address(called)])),
            ...variables,
          }),
          resources: resources(cpu, memory),
        }],
      });
      // They are probed by gRPC, which cdk8s-plus cannot say; the frontend by HTTP.
      const probe = name === 'frontend' ? { httpGet: { path: '/_healthz', port } } : { grpc: { port } };
      for (const kind of ['readiness', 'liveness']) {
        ApiObject.of(deployments[name]).addJsonPatch(JsonPatch.add(`/spec/template/spec/containers/0/${kind}Probe`, { ...probe, initialDelaySeconds: 10 }));
      }
    }

    // The baskets: a cache, whose files may be lost.
    const redis = new HardenedDeployment(shop, 'redis-cart', {
      metadata: { name: 'redis-cart' },
      replicas: 1,
      containers: [{
        name: 'redis',
        image: 'redis:7.4-alpine',
        portNumber: 6379,
        readiness: Probe.fromTcpSocket(),
        liveness: Probe.fromTcpSocket(),
        resources: resources(70, [200, 256]),
      }],
      tempFolders: ['/data'],
    });
    redis.exposeViaService({ name: 'redis-cart' });

    // Customers, as many as one likes. Nobody sends them requests, so there is nothing to probe.
    const customers = new HardenedDeployment(shop, 'loadgenerator', {
      metadata: { name: 'loadgenerator' },
      replicas: 1,
      containers: [{
        name: 'main',
        image: `${REGISTRY}/loadgenerator:${VERSION}`,
        envVariables: values({ FRONTEND_ADDR: address('frontend'), USERS: '10' }),
        resources: resources(300, [256, 512]),
      }],
    });

    // Who calls whom. Ports are those of the containers: that of the Service in front is no matter of policies.
    for (const [name, { calls = [] }] of Object.entries(SERVICES)) {
      for (const called of calls) deployments[name].connectTo(deployments[called]);
    }
    deployments.cartservice.connectTo(redis);
    customers.connectTo(deployments.frontend);

    // The way in for everybody else: the ingress controller that the cluster has.
    const controller = Peer.pods({ namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/component': 'controller' } });
    deployments.frontend.acceptFrom(controller, { why: 'customers come this way' });
    const ingress = new Ingress(this, 'ingress', { metadata: { name: 'shop', namespace: 'shop' } });
    for (const [name, { port, servicePort = port }] of Object.entries(SERVICES)) {
      const service = deployments[name].exposeViaService({ name, ports: [{ port: servicePort, targetPort: port }] });
      if (name === 'frontend') ingress.addHostRule('shop.example.com', '/', IngressBackend.fromService(service));
    }
  }
}

const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_APP });
new Shop(app, 'shop');
app.synth();
