"""The languages a framework can be translated to, by what they call themselves."""

from functools import lru_cache

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info


@lru_cache(maxsize=1)
def language_names() -> dict[str, str]:
    """Code → name in its own words; variants of one language are not told apart."""
    return {
        code: str(told["name_local"])
        for code, told in sorted(LANG_INFO.items())
        if "name_local" in told and "-" not in code
    }


def name_of(code: str) -> str:
    """What a language calls itself; the code where nobody told us."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
