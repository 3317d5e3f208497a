"""A fault arrives whole in Python: where it is, what is wrong, its id, and what to do."""

import cdk8s
import cdk8s_hardened as hardened

app = cdk8s.App()
chart = cdk8s.Chart(app, "shop")

try:
    hardened.SecurityDefaults.of(chart).set(today="2026-02-30")
except Exception as error:  # jsii decides on the class, we on the words
    message = str(error)
else:
    raise SystemExit("a date that is none was taken")

print(message)
whole = (
    "shop: '2026-02-30' is no date for today [date-invalid]. "
    "Write a day of the calendar as YYYY-MM-DD, such as '2027-03-31'."
)
assert message.endswith(whole), f"expected at the end: {whole}"
