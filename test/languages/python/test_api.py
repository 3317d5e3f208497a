"""What is made in Python is what is made in TypeScript: structs, inheritance, callbacks, findings."""

import cdk8s
import cdk8s_hardened as hardened
import jsii
from cdk8s_plus_27 import ApiResource, ContainerProps, ContainerSecurityContextProps, Role, Secret


@jsii.implements(cdk8s.IAnyProducer)
class Late:
    def produce(self):
        return "said late"


class OwnApp(cdk8s.App):
    """jsii allows nobody else to replace a method that Python overrides."""

    def synth(self):
        super().synth()


class Web(hardened.HardenedDeployment):
    """A class of one's own, with a container that is added during construction."""

    def __init__(self, scope, id, **kwargs):
        super().__init__(scope, id, **kwargs)
        self.add_container(image="nginx:1.28", port_number=80)
        self.add_temp_folder("/var/tmp", size_limit="64Mi")


def deployment(chart):
    return next(manifest for manifest in cdk8s.Testing.synth(chart) if manifest["kind"] == "Deployment")


app = OwnApp(outdir=cdk8s.Testing.app().outdir)
chart = cdk8s.Chart(app, "shop")
hardened.SecurityDefaults.of(app).set(memory_limit="128Mi", today="2026-06-01")
web = Web(
    chart, "web",
    container_options={"main": hardened.ContainerOptions(temp_folders=["/scratch"])},
    waivers=[hardened.Waiver(rule="pod-privileged", reason="a test", owner="team", until="2027-01-31")],
)
web.add_container(name="tools", image="nginx:1.28", security_context=ContainerSecurityContextProps(privileged=True, allow_privilege_escalation=True))
cdk8s.ApiObject.of(web).add_json_patch(cdk8s.JsonPatch.add("/metadata/annotations", {"late": cdk8s.Lazy.any(Late())}))

waived = [finding for finding in web.findings if finding.rule == "pod-privileged"]
assert [(finding.severity, finding.container, finding.waiver.owner) for finding in waived] == [(hardened.rules.Severity.ERROR, "tools", "team")], waived

app.synth()
manifest = deployment(chart)
annotations = manifest["metadata"]["annotations"]
assert sorted(annotations) == ["cdk8s-hardened/waive.pod-privileged", "late"], annotations
spec = manifest["spec"]["template"]["spec"]
main = spec["containers"][0]
assert {mount["mountPath"] for mount in main["volumeMounts"]} >= {"/scratch", "/var/tmp", "/run"}, main["volumeMounts"]
assert main["resources"]["limits"]["memory"] == "128Mi", main["resources"]
assert main["securityContext"]["capabilities"] == {"drop": ["ALL"]}, main["securityContext"]
assert not any("projected" in volume for volume in spec["volumes"])

role = Role(chart, "reader")
role.allow_read(ApiResource.CONFIG_MAPS)
role.bind(web)
app.synth()
volumes = deployment(chart)["spec"]["template"]["spec"]["volumes"]
assert any("projected" in volume for volume in volumes), volumes
settings = hardened.RbacResource.named(ApiResource.CONFIG_MAPS, "settings")
tools = hardened.HardenedDeployment(chart, "tools", metadata={"name": "tools"}, containers=[ContainerProps(image="nginx:1.28", port_number=80)])
tools.allow_read(settings, ApiResource.PODS)
tools.allow(["get"], hardened.RbacResource.of(resource_type="pods/log"))
tools.add_secret_folder("/etc/login", Secret.from_secret_name(chart, "login", "login"), keys=["password"])
rules = [manifest["rules"] for manifest in cdk8s.Testing.synth(chart) if manifest["kind"] == "Role" and manifest["metadata"]["name"] == "deployment-tools"]
assert rules == [[
    {"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["settings"], "verbs": ["get", "list", "watch"]},
    {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]},
    {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
]], rules


class TeamLabel(hardened.rules.Rule):
    """A rule of one's own."""

    def __init__(self):
        super().__init__(id="acme-team-label", title="Every workload names its team", advice="Add the label 'team'.", kinds=["Pod"])

    def check(self, manifest):
        labels = manifest["metadata"].get("labels", {})
        return [] if "team" in labels else [hardened.rules.RuleViolation(field="metadata.labels.team", what="no team is named")]


others = cdk8s.Chart(cdk8s.App(outdir=cdk8s.Testing.app().outdir), "others")
pod = cdk8s.ApiObject(others, "pod", api_version="v1", kind="Pod", metadata=cdk8s.ApiObjectMetadata(name="pod"))
pod.add_json_patch(cdk8s.JsonPatch.add("/spec", {"containers": [{"name": "main", "image": "nginx:1.28"}]}))
pack = hardened.rules.Pack.of(["pod-seccomp", "pod-capabilities-drop"]).plus(TeamLabel())
hardening = hardened.Hardening.of(others).enforce(pack=pack)
try:
    cdk8s.Testing.synth(others)
    raise SystemExit("a rule of one's own stops nothing")
except RuntimeError as error:
    assert "[others/pod] Pod pod · metadata.labels.team: no team is named [acme-team-label]. Add the label 'team'." in str(error), error
assert [(finding.rule, finding.where) for finding in hardening.report().errors] == [("acme-team-label", "others/pod")]
hardened.SecurityDefaults.of(pod).waive(rule="acme-team-label", reason="a test", owner="team")
[written] = cdk8s.Testing.synth(others)
assert written["spec"]["containers"][0]["securityContext"]["capabilities"] == {"drop": ["ALL"]}, written
assert list(written["metadata"]["annotations"]) == ["cdk8s-hardened/waive.acme-team-label"], written
assert hardened.rules.Audit.of([written], pack=pack).errors == []

walls = cdk8s.Chart(cdk8s.App(outdir=cdk8s.Testing.app().outdir), "walls", namespace="walls")
front = hardened.HardenedDeployment(walls, "front", isolate=True, metadata={"name": "front"}, containers=[ContainerProps(image="nginx:1.28", port_number=80)])
back = hardened.HardenedDeployment(walls, "back", isolate=True, metadata={"name": "back"}, containers=[ContainerProps(image="nginx:1.28", port_number=80)])
front.connect_to(back, ports=[80])
stated = hardened.invariants.Invariants.of(walls)
stated.only(back, [front], 80).none(back, 22, why="nobody logs in").allowed(front, back, 80, protocol=hardened.NetworkProtocol.TCP)
assert stated.check() == [], [broken.message for broken in stated.check()]
cdk8s.Testing.synth(walls)
stated.no_path(front, hardened.Peer.workload(back))
assert [(broken.path, broken.statement) for broken in stated.check()] == [("walls", "Deployment walls/front must not reach Deployment walls/back")]
try:
    cdk8s.Testing.synth(walls)
    raise SystemExit("an invariant that is broken stops nothing")
except RuntimeError as error:
    assert "walls/front[Deployment] reaches walls/back[Deployment] on TCP 80" in str(error), error
print("structs, inheritance, callbacks, findings and grants are as in TypeScript")
