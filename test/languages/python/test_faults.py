"""Faults arrive whole in Python: each message ends with what TypeScript says (jsii puts the name of the error before it)."""

import json
import sys

import cdk8s
import cdk8s_plus_27 as kplus
from cdk8s_hardened import HardenedDeployment, SecurityDefaults


def message(provoke) -> str:
    try:
        provoke()
    except Exception as error:  # jsii decides on the class, we on the words
        return str(error)
    raise SystemExit("nothing went wrong")


app = cdk8s.App()
chart = cdk8s.Chart(app, "shop")
wrong_input = message(lambda: SecurityDefaults.of(chart).set(today="2026-02-30"))
HardenedDeployment(chart, "web", containers=[kplus.ContainerProps(
    image="nginx:1.28.0",
    security_context=kplus.ContainerSecurityContextProps(
        privileged=True,
        allow_privilege_escalation=True,
        capabilities=kplus.ContainerSecutiryContextCapabilities(add=[kplus.Capability.SYS_ADMIN]),
    ),
)])
refusal = message(app.synth_yaml)

data = cdk8s.Chart(cdk8s.App(), "data")
HardenedDeployment(data, "db", containers=[kplus.ContainerProps(image="postgres:17", port_number=5432)])
missing_input = message(lambda: cdk8s.Testing.synth(data))

with open(sys.argv[1], encoding="utf-8") as file:
    expected = json.load(file)
for name, found in {"wrongInput": wrong_input, "refusal": refusal, "missingInput": missing_input}.items():
    print(found)
    assert found.endswith(expected[name]), f"{name}: expected at the end: {expected[name]}"
assert len(refusal.splitlines()) > 1, "the refusal tells one thing only, and this test is about several"
