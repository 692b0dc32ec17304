"""The five design elements of an organisation: their text and every change to it, what is structured in them, what was
adopted. More tables stand in this folder, one module for each capability that has its own."""

from throughline.elements.models.adopted import Edition, EditionShown, Stage, StageChange
from throughline.elements.models.bringing import BroughtText
from throughline.elements.models.consulting import Belongs, Consultation, OutsideComment, Theme
from throughline.elements.models.element import Element, ElementKind, May, OutlineRevision, Participant
from throughline.elements.models.gathered import Cluster, Entry, MissingNote, Stance
from throughline.elements.models.history import Authorship, NamedVersion, Sitting
from throughline.elements.models.publishing import BlockTranslation, Publication, PublicLine
from throughline.elements.models.structure import Item, ItemKind, ItemRevision, Tie
from throughline.elements.models.talk import About, Mention, Remark, Thread, ThreadState
from throughline.elements.models.text import Change, ChangeKind, Picture, Presence, TextState

__all__ = [
    "About",
    "Authorship",
    "Belongs",
    "BlockTranslation",
    "BroughtText",
    "Change",
    "ChangeKind",
    "Cluster",
    "Consultation",
    "Edition",
    "EditionShown",
    "Element",
    "ElementKind",
    "Entry",
    "Item",
    "ItemKind",
    "ItemRevision",
    "May",
    "Mention",
    "MissingNote",
    "NamedVersion",
    "OutlineRevision",
    "OutsideComment",
    "Participant",
    "Picture",
    "Presence",
    "PublicLine",
    "Publication",
    "Remark",
    "Sitting",
    "Stage",
    "StageChange",
    "Stance",
    "TextState",
    "Theme",
    "Thread",
    "ThreadState",
    "Tie",
]
