"""What the wall quotes, and where it sends people: the words of the lower third, a reaction and a
key moment on the whole screen, the code to scan."""

from ..model import Post, PostKind
from .feed import byline, said
from .headline import headline_text
from .markup import Node, el
from .qr import qr_code
from .scene import Scene

LONG_POST = 140  # characters; beyond, the type is smaller, and no scene of its own
LONGEST_POST = 230  # beyond, the text ends at a word with an ellipsis
LONG_ADDRESS = 20  # characters under the QR code


def newest_post(posts: tuple[Post, ...]) -> Post | None:
    """The newest reaction or correction; without any, the newest key moment. Notes are not for
    the hall."""
    for kinds in ({PostKind.REACTION, PostKind.CORRECTION}, {PostKind.KEY}):
        of_kind = [post for post in posts if post.kind in kinds]
        if of_kind:
            return max(of_kind, key=lambda post: post.at)
    return None


def clipped(text: str, limit: int) -> str:
    """At most ``limit`` characters, ending at a word with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    word, space, _ = head.rpartition(" ")
    return f"{(word if space else head).rstrip(' ,;:.')}…"


def lower_third(seen: Scene) -> Node | None:
    post = newest_post(seen.posts)
    if post is None:
        return None if seen.sealed else el("p", headline_text(seen), class_="saying")
    return el(
        "div",
        el("p", _kind(seen, post), *byline(post), class_="qk"),
        _text(seen, post),
        class_="quote",
    )


def follow(seen: Scene) -> Node | None:
    url = seen.election.public_url
    if not url:
        return None
    shown = _short(url)
    size = "long" if len(shown) > LONG_ADDRESS else "short"
    return el(
        "div",
        qr_code(url, seen.say("qr", url=shown)),
        el("p", el("b", seen.say("follow")), el("span", shown, class_=size)),
        class_="follow",
    )


def reaction(seen: Scene) -> Post | None:
    """What fills the screen: the newest reaction that is short enough to be read there. Where the
    desk marks what may, only what it has marked."""
    chooses = any(post.on_screen for post in seen.posts)
    short = [
        post
        for post in seen.posts
        if post.kind is PostKind.REACTION
        and (post.on_screen or (post.on_screen is None and not chooses))
        and len(said(post, seen.lang)) <= LONG_POST
    ]
    return max(short, key=lambda post: post.at, default=None)


def moment(seen: Scene) -> Post | None:
    """The newest key moment: when it is new, it interrupts."""
    keys = [post for post in seen.posts if post.kind is PostKind.KEY]
    return max(keys, key=lambda post: post.at, default=None)


def full_screen(seen: Scene, post: Post | None) -> Node | None:
    """A post by itself, with who said it below."""
    if post is None:
        return None
    author = el("p", el("b", post.author or post.source), post.role or None, class_="by")
    return el(
        "div",
        el("p", _kind(seen, post), class_="qk"),
        _text(seen, post),
        author if post.author or post.source else None,
        class_="quote whole",
    )


def invitation(seen: Scene) -> Node | None:
    """ "Et dans votre commune ?" and a code large enough for the back of the hall."""
    url = seen.election.public_url
    if not url:
        return None
    shown = _short(url)
    return el(
        "div",
        qr_code(url, seen.say("qr", url=shown)),
        el(
            "div",
            el("h2", seen.say("tv_question", unit=seen.row.one)),
            el("p", seen.say("tv_question_more")),
            el("p", el("b", shown, class_="long" if len(shown) > LONG_ADDRESS else "short")),
        ),
        class_="invitation",
    )


def _kind(seen: Scene, post: Post) -> Node:
    return el("span", f"{seen.say(f'kind_{post.kind}')} {seen.time(post.at)}", class_="kind")


def _text(seen: Scene, post: Post) -> Node:
    size = "long" if len(post.text) > LONG_POST else "short"
    return el("p", clipped(said(post, seen.lang), LONGEST_POST), class_=f"qt {size}")


def _short(url: str) -> str:
    """The address as people read it."""
    return url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
