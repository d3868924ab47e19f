"""The rules, one file a pair of arenas; a file is found by being here.

Each file has `rules(agreement)`: the rules it makes of an agreement (none, if the agreement is
silent on its pair). It may have `joint(agreement)`: rules about more than two volumes at once;
and `standing(agreement)`: activities that the agreement itself declares, such as bands nobody may
use.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from wideberth.engine.screened import JointRule
from wideberth.engine.separation import SeparationRule
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement

# Raised by one whenever some rule finds anything else under the same agreement and data: two nodes
# compare it, so that programs that judge differently are told of.
RULES: Final = 1


def files() -> tuple[str, ...]:
    """Return the names of the arena files, sorted."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def all_rules(agreement: Agreement) -> tuple[SeparationRule, ...]:
    """Return every rule that the agreement calls for, in the order of the files."""
    modules = [import_module(f"{__name__}.{name}") for name in files()]
    return tuple(rule for module in modules for rule in module.rules(agreement))


def all_joint_rules(agreement: Agreement) -> tuple[JointRule, ...]:
    """Return every rule about more than two volumes at once, in the order of the files."""
    modules = [import_module(f"{__name__}.{name}") for name in files()]
    return tuple(
        rule for module in modules if hasattr(module, "joint") for rule in module.joint(agreement)
    )


def standing_activities(agreement: Agreement) -> tuple[Activity, ...]:
    """Return what the agreement itself takes up: its restricted bands."""
    modules = [import_module(f"{__name__}.{name}") for name in files()]
    return tuple(
        activity
        for module in modules
        if hasattr(module, "standing")
        for activity in module.standing(agreement)
    )
