"""What the columns of somebody's table mean, guessed from their headings in English and Spanish. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from throughline.plans.models import Action

# What a column can be, with the words that say so; ours first, which is what we write.
WORDS: dict[str, tuple[str, ...]] = {
    "key": ("key", "id", "identifier", "number", "no", "code", "clave", "identificador", "numero", "codigo"),
    "goal": (*("goal", "objective", "aim", "target", "meta", "objetivo"), *("goal title", "strategic goal")),
    "for_whom": ("for whom", "audience", "who benefits", "para quien", "destinatarios"),
    "by_when": ("goal by", "goal by when", "goal date", "goal due", "meta para", "fecha de la meta"),
    "title": (
        *("action", "task", "activity", "step", "action step", "what", "title", "initiative", "strategy"),
        *("accion", "tarea", "actividad", "paso", "que", "titulo", "iniciativa", "estrategia"),
    ),
    "owner": (
        *("owner", "responsible", "lead", "who", "person responsible", "assigned to", "responsible person"),
        *("responsable", "encargado", "encargada", "quien", "asignado a", "persona responsable", "lider"),
    ),
    "helpers": ("helpers", "helps", "team", "support", "ayudan", "apoyo", "apoyos", "equipo", "colaboran"),
    "starts_on": (
        *("start", "starts", "starts on", "start date", "begin", "from"),
        *("inicio", "fecha de inicio", "comienza", "empieza", "desde"),
    ),
    "due_on": (
        *(
            "due",
            "due on",
            "due date",
            "deadline",
            "by when",
            "when",
            "end",
            "end date",
            "until",
            "finish",
            "date",
        ),
        *(
            "vence",
            "vencimiento",
            "fecha limite",
            "plazo",
            "fin",
            "fecha de fin",
            "hasta",
            "para cuando",
            "fecha",
        ),
    ),
    "state": ("state", "status", "progress", "estado", "avance", "situacion"),
    "done_when": (
        *("done when", "success criteria", "evidence", "what done is", "measure of success", "outcome"),
        *("hecho cuando", "criterio de exito", "evidencia", "indicador de logro", "resultado"),
    ),
    "resources": (
        *("resources", "needs", "budget", "cost", "materials"),
        *("recursos", "necesita", "presupuesto", "costo", "materiales"),
    ),
}
FIELDS = tuple(WORDS)
STATES: dict[str, tuple[str, ...]] = {
    Action.State.PLANNED: (
        *("planned", "not started", "to do", "todo", "open", "pending", "new"),
        *(
            "planificada",
            "planeada",
            "prevista",
            "pendiente",
            "por hacer",
            "sin empezar",
            "no iniciada",
            "no iniciado",
        ),
    ),
    Action.State.UNDER_WAY: (
        *("under way", "underway", "in progress", "started", "doing", "ongoing", "active", "on track"),
        *("en curso", "en marcha", "en progreso", "en proceso", "iniciada", "iniciado"),
    ),
    Action.State.DONE: (
        *("done", "complete", "completed", "finished", "closed", "yes", "x"),
        *("hecha", "hecho", "completa", "completada", "completado", "terminada", "terminado", "lista", "si"),
    ),
    Action.State.DROPPED: (
        *("given up", "dropped", "cancelled", "canceled", "abandoned"),
        *("abandonada", "abandonado", "cancelada", "cancelado", "descartada", "descartado"),
    ),
}


def bare(text: str) -> str:
    """Without accents, marks and case: how words of headings are compared."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


_MEANS = {word: name for name, words in WORDS.items() for word in words}
_STANDS = {word: state for state, words in STATES.items() for word in words}


def guessed(headings: Sequence[str]) -> dict[str, int]:
    """Which column each field stands in; whole headings first, then those that begin or end with a known word."""
    found: dict[str, int] = {}
    words = [bare(each) for each in headings]
    for at, said in enumerate(words):
        if (name := _MEANS.get(said)) and name not in found:
            found[name] = at
    for at, said in enumerate(words):
        if at in found.values() or not said:
            continue
        parts = said.split()
        for name in (_MEANS.get(parts[0]), _MEANS.get(parts[-1])):
            if name and name not in found:
                found[name] = at
                break
    return found


def place_of_headings(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Which of the first rows names most columns; without any, the first with two cells."""
    known = [len(guessed(row)) for _number, row in rows[:10]]
    if known and max(known) >= 2:
        return known.index(max(known))
    return next((at for at, (_number, row) in enumerate(rows[:10]) if sum(map(bool, row)) > 1), 0)


def chosen_columns(told: Mapping[str, object], width: int) -> dict[str, int]:
    """The columns as somebody chose them, without what is none."""
    return {name: at for name in FIELDS if isinstance(at := told.get(name), int) and 0 <= at < width}


def state_said(text: str) -> str | None:
    """The state that a word means; None when it means none."""
    return _STANDS.get(bare(text))
