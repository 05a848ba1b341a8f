"""What is sent of a script or a style sheet."""

from pathlib import Path

from dashboard.web.static import PROGRAM, read_assets

SCRIPT = """/* Says
 * what it is. */
"use strict";

  // why
const url = "https://example.org/*"; // beside
const end = "*/";
"""
SENT = """"use strict";

const url = "https://example.org/*"; // beside
const end = "*/";
"""


def test_comments_on_lines_of_their_own_stay_at_home(tmp_path: Path) -> None:
    for name in ("merge", "render", "figures", "freshness", "connection", "live", "table", "page",
                 "night", "timeline", "replay", "scenes", "loop", "screen"):  # fmt: skip
        (tmp_path / f"{name}.js").write_text("", encoding="utf-8")
    (tmp_path / "other.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "style.css").write_text("/* Why. */\na { color: red; }\n", encoding="utf-8")
    files = read_assets(tmp_path)
    assert files["/assets/other.js"].lasting.body.decode() == SENT
    assert files["/assets/style.css"].lasting.body == b"a { color: red; }\n"


def test_no_statement_of_ours_is_lost() -> None:
    sent = read_assets()[PROGRAM].lasting.body.decode()
    assert "// ----" not in sent
    for name in ("merge", "get", "connect", "freshness", "live", "page"):
        assert f"soiree.{name} = " in sent
