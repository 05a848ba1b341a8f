"""Reactions and key moments. A post is text: nothing in it is ever markup."""

import re

from .. import text, wire
from ..model import Post, PostKind
from .markup import Node, el, keyed
from .milestone import milestone
from .rich import BULLET, expander
from .scene import Scene

_ANCHOR = re.compile(r"[A-Za-z0-9_-]{1,64}")
SHOWN_POSTS = 8  # the style sheet hides those below until "Voir tout le fil"


def feed_head(seen: Scene) -> Node | None:
    """Heading, and a filter for each kind there is."""
    if seen.sealed or seen.place.is_part:
        return None
    kinds = [kind for kind in PostKind if any(post.kind is kind for post in seen.posts)]
    chips = [_chip(seen, "feed_all", "*", pressed=True)]
    chips += [_chip(seen, f"feed_{kind}", str(kind), pressed=False) for kind in kinds]
    return el(
        "div",
        el("h2", seen.say("feed")),
        el("div", *chips, class_="chips", role="group") if len(kinds) > 1 else None,
        class_="fh",
    )


def feed(seen: Scene) -> Node | None:
    """Newest first, pinned before them, as the reader gave them. It is told of the whole."""
    if seen.sealed or seen.place.is_part:
        return None
    if not seen.posts:
        return el("p", seen.say("feed_empty"), class_="empty")
    posts = keyed((post.id, _post(seen, post)) for post in seen.posts)
    _count_from_the_oldest(posts)
    return el(
        "div",
        el("ol", posts, class_="posts", data_role="feed"),
        _show_all(seen),
        class_="feedlist",
    )


def said(post: Post, lang: str) -> str:
    """The text; of a post that we wrote, in the reader's language."""
    return post.text_en if lang == "en" and post.text_en else post.text


def byline(post: Post) -> list[Node]:
    """Author in bold, then role and place; the source where nobody is named."""
    details = ", ".join(filter(None, (post.role, post.place)))
    if post.author:
        return [el("b", post.author), f", {details}"] if details else [el("b", post.author)]
    return [details or post.source] if details or post.source else []


def anchor(post: Post) -> str:
    """What a link to the post ends with, after "#post-": its id where that can stand in one."""
    return post.id if _ANCHOR.fullmatch(post.id) else wire.digest(post.id.encode())[:16]


def _chip(seen: Scene, key: str, kind: str, *, pressed: bool) -> Node:
    return el(
        "button", seen.say(key), type="button", data_action="filter", data_filter=kind,
        aria_pressed="true" if pressed else "false",
    )  # fmt: skip


def _show_all(seen: Scene) -> Node | None:
    if len(seen.posts) <= SHOWN_POSTS:
        return None
    label = seen.say("show_all_posts", n=str(len(seen.posts)))
    return expander(label, seen.say("show_less"))


def _count_from_the_oldest(posts: dict[str, Node]) -> None:
    """So that a new post on top changes no other: a patch then carries only the new one."""
    for place, node in enumerate(posts.values()):
        assert isinstance(node, list)
        node[1]["data-order"] = str(place - len(posts))


def _post(seen: Scene, post: Post) -> Node:
    link, at = f"post-{anchor(post)}", seen.time(post.at)
    time = el("time", at, datetime=post.at.isoformat())
    return el(
        "li",
        el(
            "p",
            el("a", time, href=f"#{link}", aria_label=seen.say("permalink", time=at)),
            class_="when",
        ),
        el(
            "div",
            _kind(seen, post),
            *(milestone(seen, post) if post.milestone else _paragraphs(seen, post)),
            _image(post),
            _who(post),
            _source(seen, post),
            _edited(seen, post),
        ),
        id=link,
        class_=f"post of-{post.kind}{' pinned' if post.pinned else ''}",
        data_kind=str(post.kind),
    )


def _paragraphs(seen: Scene, post: Post) -> list[Node]:
    return [el("p", paragraph, class_="said") for paragraph in said(post, seen.lang).split("\n")]


def _kind(seen: Scene, post: Post) -> Node | None:
    """A reaction says itself what it is."""
    words = [seen.say("pinned")] if post.pinned else []
    if post.kind is not PostKind.REACTION:
        words.append(seen.say(f"kind_{post.kind}"))
    return el("p", BULLET.join(words), class_="kind") if words else None


def _image(post: Post) -> Node | None:
    """Fetched by the reader's browser when it comes into sight; only from hosts that the election
    file allows (feed/), and never without its text."""
    if not post.image:
        return None
    picture = el("img", src=post.image, alt=post.image_text, loading="lazy", decoding="async",
                 referrerpolicy="no-referrer")  # fmt: skip
    return el("figure", picture, el("figcaption", post.image_text, aria_hidden="true"))


def _who(post: Post) -> Node | None:
    if not (post.author or post.role or post.place):
        return None
    camp = el("span", post.camp, class_="camp") if post.camp else None
    return el("p", *byline(post), camp, class_="who")


def _edited(seen: Scene, post: Post) -> Node | None:
    if post.edited_at is None:
        return None
    return el("p", seen.say("edited", time=seen.time(post.edited_at)), class_="edited")


def _source(seen: Scene, post: Post) -> Node | None:
    if not post.source:
        return None
    # Only http(s) addresses reach a post (feed/); still never the opener's window.
    name: Node = (
        el("a", post.source, href=post.source_url, rel="noopener noreferrer")
        if post.source_url
        else post.source
    )
    before, after = text.words(seen.lang)["source"].split("{source}")
    return el("p", before, name, after or None, class_="src")
