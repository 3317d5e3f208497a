from cdk8s import App, Chart, Duration, Size, YamlOutputType
from cdk8s_hardened import HardenedDeployment, HardenedStatefulSet, IngressWhitelist, Peer, SecureNamespace
from cdk8s_plus_27 import (
    ContainerProps, ContainerResources, ContainerSecurityContextProps, EnvValue, Ingress, IngressBackend, MemoryResources, Probe, Secret,
    Service, ServicePort, Volume, VolumeMount,
)


def memory(request: int, limit: int) -> ContainerResources:
    return ContainerResources(memory=MemoryResources(request=Size.mebibytes(request), limit=Size.mebibytes(limit)))


class Production(Chart):
    """A web front end and a database client behind Traefik, and the database: in a namespace of their own that is
    closed but for the connections that are named here."""

    def __init__(self, scope, id):
        super().__init__(scope, id)
        production = SecureNamespace(self, "production")

        # What is in the cluster already: k3s' ingress controller, and a Prometheus.
        kube_system = SecureNamespace.existing(self, "kube-system", "kube-system")
        traefik = kube_system.pods({"app.kubernetes.io/name": "traefik"})
        kube_system.open_to_anyone("traefik", {"app.kubernetes.io/name": "traefik"})
        prometheus = Peer.pods(namespace="monitoring", labels={"app.kubernetes.io/name": "prometheus"})

        # nginx: user, folders and port 80 come from its profile.
        web_console = HardenedDeployment(production, "web-console", metadata={"name": "web-console"}, containers=[ContainerProps(
            name="nginx",
            image="nginx:1.28.0",
            port_number=80,
            readiness=Probe.from_http_get("/"),
            liveness=Probe.from_tcp_socket(),
            resources=memory(32, 64),
        )])

        # The database: one replica with a volume. Its password is a file of a Secret that exists, no environment variable.
        login = Volume.from_secret(self, "login", Secret.from_secret_name(self, "mongodb-login", "mongodb-login"))
        service = Service(
            production, "mongodb-service",
            metadata={"name": "mongodb"}, cluster_ip="None", ports=[ServicePort(port=27017)],
        )
        ping = ["mongosh", "--quiet", "--eval", "db.adminCommand({ ping: 1 })"]
        mongodb = HardenedStatefulSet(production, "mongodb", metadata={"name": "mongodb"}, service=service, data_size="10Gi", containers=[ContainerProps(
            name="mongo",
            image="mongo:8.0.4",
            port_number=27017,
            env_variables={
                "MONGO_INITDB_ROOT_USERNAME": EnvValue.from_value("console"),
                "MONGO_INITDB_ROOT_PASSWORD_FILE": EnvValue.from_value("/etc/mongodb-login/password"),
            },
            volume_mounts=[VolumeMount(path="/etc/mongodb-login", volume=login, read_only=True)],
            readiness=Probe.from_command(ping, timeout_seconds=Duration.seconds(5)),
            liveness=Probe.from_tcp_socket(),
            resources=memory(512, 1024),
        )])

        # An image without a profile: its user and what it writes to are said here.
        nosqlclient = HardenedDeployment(production, "nosqlclient", metadata={"name": "nosqlclient"}, replicas=1, temp_folders=["/tmp"], containers=[ContainerProps(
            name="nosqlclient",
            image="mongoclient/mongoclient:4.0.1",
            port_number=3000,
            security_context=ContainerSecurityContextProps(user=1000, group=1000),
            readiness=Probe.from_http_get("/"),
            liveness=Probe.from_tcp_socket(),
            resources=memory(256, 512),
        )])

        # Who may talk to whom. Both sides are written where both are ours.
        nosqlclient.connect_to(mongodb)
        web_console.accept_from(traefik)
        nosqlclient.accept_from(traefik)
        for workload in (web_console, nosqlclient, mongodb):
            IngressWhitelist(workload, "scraping", workload=workload, sources=[prometheus], why="metrics are scraped")

        # Everything of cdk8s-plus works on them as usual.
        ingress = Ingress(self, "ingress", metadata={"name": "production", "namespace": "production"})
        for host, workload in (("console", web_console), ("nosql", nosqlclient)):
            backend = IngressBackend.from_service(workload.expose_via_service(name=workload.name))
            ingress.add_host_rule(f"{host}.example.com", "/", backend)


app = App(yaml_output_type=YamlOutputType.FILE_PER_APP)
Production(app, "production")
app.synth()
