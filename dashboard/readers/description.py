"""Which columns of a table an election file names, and whether they are enough."""

from ..model import COUNT_FIELDS, Contest, CountStatus, ResultsSource, TableColumns
from .codes import refuse


def side_headers(columns: TableColumns) -> dict[str, str]:
    """Field of Counts -> header, for the columns the table has beside the votes."""
    headers = {field: str(getattr(columns, field)) for field in COUNT_FIELDS}
    return {field: header for field, header in headers.items() if header}


def status_headers(source: ResultsSource) -> dict[str, str]:
    """Name of each column that tells how far the count of a unit has come -> header."""
    headers = {"status": source.columns.status, "status_total": source.columns.status_total}
    names = {"column": ["status"], "progress": ["status", "status_total"]}
    return {name: headers[name] for name in names.get(source.status.by, [])}


def named_options(contest: Contest) -> list[str]:
    """Ids of the options whose votes are read, in ballot order; the remainder is computed."""
    return [option.id for option in contest.options if not option.remainder]


def remainder_option(contest: Contest) -> str:
    """Id of the option that takes the rest of the valid votes, or ""."""
    return next((option.id for option in contest.options if option.remainder), "")


def sums_the_rest(contest: Contest) -> bool:
    """Whether the remainder is the sum of a long table's other rows.

    Only where the table says nothing of the valid votes: there, what the election file does not
    list (write-ins, small candidates) is what remains.
    """
    columns = contest.source.columns
    return bool(remainder_option(contest)) and columns.is_long and not columns.valid_votes


def needed_headers(contest: Contest) -> list[str]:
    """Every header the description names, some maybe twice."""
    source, columns = contest.source, contest.source.columns
    votes = [columns.option, columns.votes] if columns.is_long else _vote_headers(contest)
    split = [columns.split] if columns.split else []
    return [
        *columns.unit,
        *votes,
        *split,
        *side_headers(columns).values(),
        *status_headers(source).values(),
        *source.where,
    ]


def _vote_headers(contest: Contest) -> list[str]:
    return [contest.source.columns.options[option] for option in named_options(contest)]


def check_description(contest: Contest) -> None:
    """ReadError (R207) when no table could be read with this description."""
    for wrong, why, why_fr in _conditions(contest):
        if wrong:
            raise refuse("R207", why=why, why_fr=why_fr)


def _conditions(contest: Contest) -> list[tuple[bool, str, str]]:
    source, columns = contest.source, contest.source.columns
    described = columns.option_values.values() if columns.is_long else columns.options
    lacking = ", ".join(option for option in named_options(contest) if option not in described)
    remainders = sum(option.remainder for option in contest.options)
    wide_rest = remainders and not columns.is_long and not columns.valid_votes
    statuses = {status.value for status in CountStatus}
    return [
        (
            not columns.unit and len(contest.units) != 1,
            "no unit column",
            "pas de colonne d’unité",
        ),
        (
            bool(lacking),
            f"nothing for the option(s) {lacking}",
            f"rien pour l’option ou les options {lacking}",
        ),
        (
            columns.is_long and not columns.votes,
            "an option column but no votes column",
            "une colonne d’options mais pas de colonne de voix",
        ),
        (
            bool(columns.split) and not columns.is_long,
            "votes are spread over the rows of a table with one row per unit",
            "des voix réparties sur les lignes d’un tableau d’une ligne par unité",
        ),
        (remainders > 1, "more than one remainder option", "plus d’une option « reste »"),
        (
            bool(wide_rest),
            "a remainder option needs a column of valid votes",
            "une option « reste » demande une colonne d’exprimés",
        ),
        (
            source.status.by not in {"column", "progress", "presence", "nonzero", "all"},
            f"no status rule is called {source.status.by}",
            f"aucune règle de statut ne s’appelle {source.status.by}",
        ),
        (
            not all(status_headers(source).values()),
            "the status comes from a column that is not named",
            "le statut vient d’une colonne qui n’est pas nommée",
        ),
        (
            not statuses.issuperset(source.status.values.values()),
            "a status is waiting, partial or complete",
            "un statut est waiting, partial ou complete",
        ),
        (
            len(source.delimiter) > 1 or source.delimiter in {"\n", "\r", '"'},
            "a delimiter is one character",
            "un séparateur est un seul caractère",
        ),
        (source.header_row < 1, "header_row counts from 1", "header_row se compte à partir de 1"),
    ]
