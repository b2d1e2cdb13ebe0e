"""What is asked over a view: a line to type, one of several, a page to read."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import events, on
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal, ItemGrid, Vertical, VerticalScroll
from textual.content import Content
from textual.fuzzy import Matcher
from textual.geometry import Offset
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from partnerselect.tui.charts.words import plain
from partnerselect.tui.keys import key, unlisted_key
from partnerselect.tui.memory import keys_place

if TYPE_CHECKING:
    from partnerselect.tui.shell import Shell

FEW = 8
"""Lines below a question that need not be scrolled."""
LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""For places to go to, those that lie best under the fingers first."""
READ_ON = "tab, then ↑ ↓: read all of it"


class ClosesOnce(ModalScreen[ScreenResultType]):
    """A screen over others that answers once and closes once, however often one clicks."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result; what no longer lies in front stays as it is."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def check_message_enabled(self, message: Message) -> bool:
        """Take no choice once it is closing: a second click may arrive before it is gone."""
        choices = OptionList.OptionSelected | Input.Submitted | Button.Pressed
        is_choice = isinstance(message, choices)
        return super().check_message_enabled(message) and (self.is_active or not is_choice)


class Dialog(ClosesOnce[ScreenResultType | None]):
    """A question over a view; None where the reader thinks better of it."""

    BINDINGS = [key("back", "dismiss(None)", "Close")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-high")]

    def answer(self, result: ScreenResultType | None) -> None:
        """Close with an answer."""
        _ = self.dismiss(result)  # not awaited: a screen cannot wait for its own end

    def buttons(self, accepts: str = "") -> Horizontal:
        """Return what a mouse looks for below: to accept, where that is one thing, and to close."""
        back = cast("Shell", self.app).key_of["back"]
        named = [("accept", f"{accepts} ⏎")] if accepts else []
        named.append(("close", f"{'Cancel' if accepts else 'Close'} {back}"))
        return Horizontal(*(Button(told, id=name, compact=True) for name, told in named), id="ways")

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        if event.button.id == "accept":
            self.action_accept()
        else:
            self.answer(None)

    def action_accept(self) -> None:
        """Take what is typed or marked."""

    def on_click(self, event: events.Click) -> None:
        """Close where something beside the dialog is clicked on."""
        if event.widget is self:
            self.answer(None)


Conversation = AsyncGenerator[Dialog[Any], Any]
"""Yields one dialog after another and is sent the answer to each."""


async def converse(app: App[Any], conversation: Conversation, answer: object = None) -> None:
    """Ask one thing after another; each dialog stands before the next key is handed out."""
    try:
        dialog = await conversation.asend(answer)
    except StopAsyncIteration:
        return
    await app.push_screen(dialog, partial(converse, app, conversation))


@dataclass(frozen=True)
class Entry:
    """One line of a form."""

    name: str
    label: str
    value: str = ""
    """What stands there already."""
    is_needed: bool = False


class FormScreen(Dialog[Any]):
    """Asks for several lines until they can be used; enter goes from one to the next."""

    def __init__(
        self,
        asked: str,
        entries: Sequence[Entry],
        *,
        hint: str,
        objection: Callable[[dict[str, str]], str],
        accepts: str = "Accept",
    ) -> None:
        """Ask.

        Args:
            asked: what for.
            entries: the lines.
            hint: what may be typed.
            objection: what is wrong with what stands in each line, by its name; empty where nothing
                is.
            accepts: what the button says that takes it.
        """
        super().__init__()
        self._asked, self._entries, self._hint, self._objection = asked, entries, hint, objection
        self._accepts = accepts

    def compose(self) -> ComposeResult:
        """Lay out the question and the lines."""
        with Vertical(id="asked"):
            yield Static(Content.assemble((plain(self._asked), "bold $primary")), markup=False)
            for entry in self._entries:
                with Horizontal(classes="entry"):
                    if entry.label:
                        yield Static(plain(entry.label), markup=False)
                    yield Input(plain(entry.value), id=entry.name, compact=True)
            hint = "\n".join(plain(line) for line in self._hint.splitlines())
            yield Static(Content.assemble((hint, "$muted")), id="objection", markup=False)
            yield self.buttons(self._accepts)

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        if event.input.id == self._entries[-1].name:
            self.action_accept()
        else:
            self.focus_next(Input)

    def action_accept(self) -> None:
        """Close with what is typed, or say what is wrong with it."""
        typed = {
            entry.name: self.query_one(f"#{entry.name}", Input).value.strip()
            for entry in self._entries
        }
        if told := self._objection(typed):
            wrong = Content.assemble((f"✗ {plain(told)}", "bold $error"))
            self.query_one("#objection", Static).update(wrong)
        else:
            self.answer(typed)


class TypeScreen(FormScreen):
    """Asks for one line, and answers with it."""

    def __init__(
        self,
        asked: str,
        value: str,
        *,
        hint: str,
        objection: Callable[[str], str],
        accepts: str = "Accept",
    ) -> None:
        """Ask, as of a form; `value` stands there already."""
        super().__init__(
            asked,
            [Entry("typed", "", value)],
            hint=hint,
            objection=lambda typed: objection(typed["typed"]),
            accepts=accepts,
        )

    def answer(self, result: dict[str, str] | None) -> None:
        """Close with the line."""
        super().answer(result["typed"] if result else None)


@dataclass(frozen=True)
class Choice:
    """One of several to choose from."""

    title: str
    answer: Any
    kind: str = ""
    """What it is, in a column before its title."""
    about: str = ""
    """What is said below the list while the cursor is on it."""


class ChooseScreen(Dialog[Any]):
    """Asks for one of several; where letters are asked for, the list narrows as one types."""

    AUTO_FOCUS = "Input, OptionList"
    BINDINGS = [
        unlisted_key("up", "move(-1)", "Up"),
        unlisted_key("down", "move(1)", "Down"),
    ]

    def __init__(
        self,
        asked: str,
        choices: Sequence[Choice],
        *,
        told: Sequence[str] = (),
        letters: str = "",
        typed: str = "",
        at: int = 0,
    ) -> None:
        """Ask.

        Args:
            asked: the question.
            choices: its answers.
            told: lines below the question.
            letters: what to type; empty where there is nothing to type.
            typed: letters that are typed already.
            at: the choice to begin at.
        """
        super().__init__()
        self._asked, self._told, self._letters, self._at = asked, told, letters, at
        self._typed = typed
        self.choices = self._found = list(choices)

    def compose(self) -> ComposeResult:
        """Lay out the question and the choices."""
        is_long = len(self._told) > FEW
        with Vertical(id="asked") as page:
            page.border_subtitle = READ_ON if is_long else ""
            yield Static(Content.assemble((plain(self._asked), "bold $primary")), markup=False)
            if self._told:
                told = Content("\n".join(plain(line) for line in self._told))
                with VerticalScroll(id="told", can_focus=is_long):
                    yield Static(told, markup=False)
            if self._letters:
                yield Input(
                    self._typed,
                    placeholder=self._letters,
                    compact=True,
                    select_on_focus=False,
                    id="letters",
                )
            yield OptionList()
            if any(choice.about for choice in self.choices):
                yield Static(id="about", markup=False)
            yield self.buttons()

    @on(OptionList.OptionHighlighted)
    def _explain(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self._found):  # or it was of a longer list
            self._tell(self._found[event.option_index].about)

    def _tell(self, about: str) -> None:
        for place in self.query("#about").results(Static):
            place.update(Content(plain(about)))

    def on_mount(self) -> None:
        """Start with all, or with what the letters that are typed leave."""
        self._list(self._typed)
        if self._found and not self._typed:
            self.query_one(OptionList).highlighted = self._at

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, letters: str) -> None:
        matcher = Matcher(letters)
        scored = [
            (matcher.match(plain(choice.title)) if letters else 1.0, choice)
            for choice in self.choices
        ]
        best_first = sorted(scored, key=lambda one: -one[0])
        self._found = [choice for score, choice in best_first if score > 0]
        kinds = max((len(choice.kind) for choice in self.choices), default=0)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [
                Option(
                    Content.assemble(
                        (choice.kind.ljust(kinds + 1) if kinds else "", "$muted"),
                        plain(choice.title),
                    )
                )
                for choice in self._found
            ]
        )
        if not self._found:
            options.add_option(Option("Nothing here has these letters.", disabled=True))
            self._tell("")
        options.highlighted = 0 if self._found else None

    def action_move(self, by: int) -> None:
        """Move in the list while the line keeps the keys."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = min(max(options.highlighted + by, 0), len(self._found) - 1)

    @on(Input.Submitted)
    def _take(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        self.answer(None if highlighted is None else self._found[highlighted].answer)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.answer(self._found[event.option_index].answer)


class JumpScreen(Dialog[Any]):
    """A letter at every place one can go to; answers with what stands there."""

    AUTO_FOCUS = ""

    def __init__(self, places: Mapping[Offset, object]) -> None:
        """Offer what can be gone to, by where it stands on the screen."""
        super().__init__()
        self._places = dict(zip(LETTERS, places.items(), strict=False))

    def compose(self) -> ComposeResult:
        """Lay out the letters over what is there."""
        for letter, (place, _) in self._places.items():
            label = Static(f"[@click=screen.leap('{letter}')]{letter}[/]", classes="letter")
            label.styles.offset = place
            yield label
        back = cast("Shell", self.app).key_of["back"]
        yield Static(f"Press a letter to go there; {back} closes.", id="letters-told", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Go to the letter that is pressed."""
        if event.character in self._places:
            event.stop()
            self.action_leap(str(event.character))

    def action_leap(self, letter: str) -> None:
        """Go to the place that has this letter."""
        self.answer(self._places[letter][1])


class GuideScreen(Dialog[str]):
    """How to read a view; answers with the first letter of a word to be explained."""

    BINDINGS = [
        key("help", "dismiss(None)", "Close"),
        key("open", "dismiss(None)", "Close"),
    ]

    def __init__(self, title: str, guide: str, keys: Sequence[tuple[str, str]]) -> None:
        """Explain: how to read the view, then each key with what it does there."""
        super().__init__()
        self._title, self._guide, self._keys = title, guide, keys

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll(id="guide") as page:
            page.border_subtitle = "type a word to have it explained"
            yield Static(
                Content.assemble((self._title, "bold $primary"), "\n\n", self._guide), markup=False
            )
            with ItemGrid(min_column_width=34):
                for shown, told in self._keys:
                    line = Content.assemble((shown.rjust(9), "bold $primary"), f"  {told}")
                    yield Static(line, markup=False)
            own = Content(f"\nKeys of your own: {plain(str(keys_place()))}").stylize("$muted")
            yield Static(own, markup=False)
            yield self.buttons()

    def on_key(self, event: events.Key) -> None:
        """Look up the word that somebody begins to type."""
        if event.character and event.character.isalpha():
            event.stop()
            self.answer(event.character)
