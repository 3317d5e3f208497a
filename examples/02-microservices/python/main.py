from cdk8s import ApiObject, App, Chart, JsonPatch, Size, YamlOutputType
from cdk8s_hardened import HardenedDeployment, ImageProfile, Peer, SecureNamespace, SecurityDefaults
from cdk8s_plus_27 import (
    ContainerProps, ContainerResources, Cpu, CpuResources, EnvValue, Ingress, IngressBackend, MemoryResources, Probe, ServicePort,
)

REGISTRY = "us-central1-docker.pkg.dev/google-samples/microservices-demo"
VERSION = "v0.10.4"

# What each service of the shop says of itself: its port, and that of the Service in front of it where that is another
# one; thousandths of a CPU, memory as request and limit in MiB; the variable in which callers look for it; whom it calls.
SERVICES = {
    "adservice": dict(port=9555, cpu=200, memory=(180, 300), found_by="AD_SERVICE_ADDR"),
    "cartservice": dict(port=7070, cpu=200, memory=(64, 128), found_by="CART_SERVICE_ADDR", variables={"REDIS_ADDR": "redis-cart:6379"}),
    "checkoutservice": dict(
        port=5050, cpu=100, memory=(64, 128), found_by="CHECKOUT_SERVICE_ADDR",
        calls=["cartservice", "currencyservice", "emailservice", "paymentservice", "productcatalogservice", "shippingservice"],
    ),
    "currencyservice": dict(port=7000, cpu=100, memory=(64, 128), found_by="CURRENCY_SERVICE_ADDR"),
    "emailservice": dict(port=8080, service_port=5000, cpu=100, memory=(64, 128), found_by="EMAIL_SERVICE_ADDR"),
    "paymentservice": dict(port=50051, cpu=100, memory=(64, 128), found_by="PAYMENT_SERVICE_ADDR"),
    "productcatalogservice": dict(port=3550, cpu=100, memory=(64, 128), found_by="PRODUCT_CATALOG_SERVICE_ADDR"),
    "recommendationservice": dict(port=8080, cpu=100, memory=(220, 450), found_by="RECOMMENDATION_SERVICE_ADDR", calls=["productcatalogservice"]),
    "shippingservice": dict(port=50051, cpu=100, memory=(64, 128), found_by="SHIPPING_SERVICE_ADDR"),
    "frontend": dict(
        port=8080, service_port=80, cpu=100, memory=(64, 128), found_by="FRONTEND_ADDR",
        calls=["adservice", "cartservice", "checkoutservice", "currencyservice", "productcatalogservice", "recommendationservice", "shippingservice"],
        # It wants to know an assistant, too, which this shop does not have.
        variables={"SHOPPING_ASSISTANT_SERVICE_ADDR": "shoppingassistantservice:80"},
    ),
}


def address(name: str) -> str:
    """Where a service is reached: `cartservice:7070`."""
    service = SERVICES[name]
    return f"{name}:{service.get('service_port', service['port'])}"


def values(variables: dict) -> dict:
    return {name: EnvValue.from_value(value) for name, value in variables.items()}


def resources(cpu: int, memory: tuple) -> ContainerResources:
    request, limit = (Size.mebibytes(size) for size in memory)
    return ContainerResources(cpu=CpuResources(request=Cpu.millis(cpu)), memory=MemoryResources(request=request, limit=limit))


class Shop(Chart):
    """A shop of eleven services and a cache, in a namespace of their own: what nobody calls here is shut."""

    def __init__(self, scope, id):
        super().__init__(scope, id)
        shop = SecureNamespace(self, "shop")

        # The shop's own images: all run as one user, and write to no folder.
        images = [f"{REGISTRY}/{name}" for name in (*SERVICES, "loadgenerator")]
        SecurityDefaults.of(self).set(image_profiles=[ImageProfile.of(images=images, user=1000, group=1000)])

        deployments = {}
        for name, service in SERVICES.items():
            port = service["port"]
            deployments[name] = HardenedDeployment(shop, name, metadata={"name": name}, containers=[ContainerProps(
                name="server",
                image=f"{REGISTRY}/{name}:{VERSION}",
                port_number=port,
                env_variables=values({
                    "PORT": str(port),
                    "DISABLE_PROFILER": "1",
                    **{SERVICES[called]["found_by"]: address(called) for called in service.get("calls", [])},
                    **service.get("variables", {}),
                }),
                resources=resources(service["cpu"], service["memory"]),
            )])
            # They are probed by gRPC, which cdk8s-plus cannot say; the frontend by HTTP.
            probe = {"httpGet": {"path": "/_healthz", "port": port}} if name == "frontend" else {"grpc": {"port": port}}
            for kind in ("readiness", "liveness"):
                patch = JsonPatch.add(f"/spec/template/spec/containers/0/{kind}Probe", {**probe, "initialDelaySeconds": 10})
                ApiObject.of(deployments[name]).add_json_patch(patch)

        # The baskets: a cache, whose files may be lost.
        redis = HardenedDeployment(shop, "redis-cart", metadata={"name": "redis-cart"}, replicas=1, temp_folders=["/data"], containers=[ContainerProps(
            name="redis",
            image="redis:7.4-alpine",
            port_number=6379,
            readiness=Probe.from_tcp_socket(),
            liveness=Probe.from_tcp_socket(),
            resources=resources(70, (200, 256)),
        )])
        redis.expose_via_service(name="redis-cart")

        # Customers, as many as one likes. Nobody sends them requests, so there is nothing to probe.
        customers = HardenedDeployment(shop, "loadgenerator", metadata={"name": "loadgenerator"}, replicas=1, containers=[ContainerProps(
            name="main",
            image=f"{REGISTRY}/loadgenerator:{VERSION}",
            env_variables=values({"FRONTEND_ADDR": address("frontend"), "USERS": "10"}),
            resources=resources(300, (256, 512)),
        )])

        # Who calls whom. Ports are those of the containers: that of the Service in front is no matter of policies.
        for name, service in SERVICES.items():
            for called in service.get("calls", []):
                deployments[name].connect_to(deployments[called])
        deployments["cartservice"].connect_to(redis)
        customers.connect_to(deployments["frontend"])

        # The way in for everybody else: the ingress controller that the cluster has.
        controller = Peer.pods(namespace="ingress-nginx", labels={"app.kubernetes.io/component": "controller"})
        deployments["frontend"].accept_from(controller, why="customers come this way")
        ingress = Ingress(self, "ingress", metadata={"name": "shop", "namespace": "shop"})
        for name, service in SERVICES.items():
            ports = [ServicePort(port=service.get("service_port", service["port"]), target_port=service["port"])]
            exposed = deployments[name].expose_via_service(name=name, ports=ports)
            if name == "frontend":
                ingress.add_host_rule("shop.example.com", "/", IngressBackend.from_service(exposed))


app = App(yaml_output_type=YamlOutputType.FILE_PER_APP)
Shop(app, "shop")
app.synth()
