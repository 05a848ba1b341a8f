"""Waiting for a page."""

import time
from typing import Any

from playwright.sync_api import Error, Page

PATIENCE = 30.0  # seconds


def eventually(page: Page, expression: str) -> Any:
    """Waits until ``expression`` is true in the page. (Playwright's own ``wait_for_function``
    needs eval inside the page, which our content security policy forbids.)"""
    deadline = time.monotonic() + PATIENCE
    while not (value := _evaluate(page, expression)):
        if time.monotonic() > deadline:
            raise TimeoutError(f"never true: {expression}")
        page.wait_for_timeout(20)
    return value


def _evaluate(page: Page, expression: str) -> Any:
    try:
        return page.evaluate(expression)
    except Error as error:
        if "context was destroyed" in error.message:  # the page is being loaded again
            return None
        raise


def wait_for_version(page: Page, version: int) -> None:
    """Until text and figures are that version's."""
    page.wait_for_selector(f"main#live[data-version='{version}'][data-figures=drawn]")
