"""What keeps an election file from being written, in one sentence of either language."""


class InitError(Exception):
    """``en`` and ``fr`` say the same."""

    def __init__(self, en: str, fr: str) -> None:
        super().__init__(en)
        self.en = en
        self.fr = fr

    def said(self, lang: str) -> str:
        return self.fr if lang == "fr" else self.en
