"""Everything of the pages that does not change during the night, read and compressed once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .. import codings
from ..model import Contest, Election
from ..text import LANGUAGES
from ..views import replay_kit
from ..views.addresses import Address
from ..wire import encode
from .exports import Export, exports
from .pages import embed, home, screen
from .responses import IMMUTABLE, JSON_TYPE, REVALIDATE, Ready, ready
from .shell import PLOTLY, Shell, build
from .static import Static, content_type, fingerprint_of, read_assets, static

# Where each page's Dash is, its name, the first word of its documents' names, what lays it out.
_PAGES = (
    ("/", "home", "home", home.layout),
    ("/ecran", "screen", "screen", screen.layout),
    ("/embed/bars", "embed-bars", "home", embed.bars),
    ("/embed/map", "embed-map", "home", embed.map_),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page for one contest."""

    name: str  # "home", "screen", "embed-bars" or "embed-map"
    document: str  # name of its documents, without the language: "home", "home.mayor.@34"
    title: str  # until a document says better
    shell: Shell
    contest: str = ""  # its id
    is_first: bool = True  # whether that is the one shown without asking

    @property
    def has_feed(self) -> bool:
        """The dashboard of a whole; what a parent counts has none of its own."""
        return self.name == "home" and "@" not in self.document

    def picture(self, lang: str) -> str:
        """The path of the picture that a link to it shows: of the whole, which says so itself."""
        contest = "" if self.is_first else self.contest
        return f"{Address(lang=lang, contest=contest).path}share.png"

    def part(self, code: str) -> "Page":
        """The same page for what the parent of that code counts: only its document is another."""
        return replace(self, document=f"{self.document}.@{code}")

    @property
    def is_embed(self) -> bool:
        """Whether it may stand in the frame of another site's page."""
        return self.name.startswith("embed-")


@dataclass(frozen=True, slots=True)
class Site:
    """What a worker serves besides the night itself."""

    pages: Mapping[tuple[str, str, str], Page]  # by name ("home", "screen"), contest, parent
    contests: tuple[str, ...]  # ids; the first is shown without asking
    language: str  # the one without asking
    files: Mapping[str, Static]  # by path, asked for by fingerprint
    fixed: Mapping[str, Ready]  # by path
    build: str  # changes when an open page has to be loaded again
    documents: frozenset[str]  # names of those every version has
    image_hosts: tuple[str, ...]  # from which posts may show images
    exports: Mapping[str, Export]  # by path
    public_url: str  # where the site is, without a slash at its end; "" where nobody says it

    def page(self, address: Address) -> Page | None:
        """The page of that address; ``None`` when there is none."""
        name = "screen" if address.screen else "home"
        name = f"embed-{address.embed}" if address.embed else name
        return self.pages.get((name, address.contest or self.contests[0], address.place))


def assemble(election: Election, geometry: Mapping[str, bytes]) -> Site:
    """The site of an election. ``geometry``: GeoJSON bytes by URL ("/geo/….json")."""
    files = read_assets()
    fixed = {
        # A country has a hundred of these: six is what a start can wait for.
        url: ready(content, JSON_TYPE, IMMUTABLE, encoded=codings.at_levels(content, 6, 6))
        for url, content in geometry.items()
    }
    fixed["/robots.txt"] = ready(b"User-agent: *\nDisallow: /live/\n", "text/plain", REVALIDATE)
    fixed["/favicon.ico"] = files["/assets/favicon.svg"].short
    for contest in election.contests:
        for lang in LANGUAGES:
            files[kit_path(contest.id, lang)] = static(encode(replay_kit(contest, lang)), JSON_TYPE)
    pages: dict[tuple[str, str, str], Page] = {}
    for number, contest in enumerate(election.contests):
        for path, name, first_word, layout in _PAGES:
            if name == "embed-map" and contest.geometry is None and not contest.parents:
                continue
            prefix = _prefix(path, contest, first=number == 0)
            shell = build(layout(election, contest), prefix)
            _serve(shell, prefix, files, fixed)
            document = first_word if number == 0 else f"{first_word}.{contest.id}"
            page = Page(name, document, election.title, shell, contest.id, is_first=number == 0)
            pages[name, contest.id, ""] = page
            for parent in contest.parents if first_word == "home" else ():
                pages[name, contest.id, parent.code] = page.part(parent.code)
    layouts = list(dict.fromkeys(page.shell.layout.decode() for page in pages.values()))
    return Site(
        pages=pages,
        contests=tuple(contest.id for contest in election.contests),
        language=election.language,
        files=files,
        fixed=fixed,
        build=fingerprint_of(files, layouts),
        documents=frozenset(
            f"{page.document}.{lang}" for page in pages.values() for lang in LANGUAGES
        ),
        image_hosts=election.image_hosts,
        exports=exports(election),
        public_url=election.public_url.rstrip("/"),
    )


def kit_path(contest: str, lang: str) -> str:
    """Where what shows the night of a contest again is (views/replay.py)."""
    return f"/assets/replay/{contest}.{lang}.json"


def _prefix(path: str, contest: Contest, first: bool) -> str:
    """Where the page's Dash lives: "/", "/ecran/", and for further contests a folder below."""
    base = path if path.endswith("/") else f"{path}/"
    return base if first else f"{base}contest/{contest.id}/"


def _serve(shell: Shell, prefix: str, files: dict[str, Static], fixed: dict[str, Ready]) -> None:
    fixed[f"{prefix}_dash-layout"] = ready(shell.layout, JSON_TYPE, REVALIDATE)
    fixed[f"{prefix}_dash-dependencies"] = ready(shell.dependencies, JSON_TYPE, REVALIDATE)
    for path, content in shell.suites.items():
        if path not in files:
            files[path] = static(content, content_type(path))
    # The renderer asks for Plotly under its own page's address.
    files[f"{prefix}{PLOTLY}"] = files[f"/{PLOTLY}"]
