"""The command line: ``chainrule check``, ``chainrule mutate`` and ``chainrule new``.

Exit status: 0 every equation holds (or every mutant is rejected), 1 something does not, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the result is the exit status.

    Raises:
        SystemExit: with status 2 for wrong usage, after a message on standard error.
    """
    gc.set_threshold(100_000, 50, 50)  # many small objects are made, and few die in circles
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "new":
        return _new(options, parser)
    if options.command == "mutate":
        return _mutate(options, parser)
    return _check(options, parser)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="chainrule", description="Proves the equations of a Markdown site from their LaTeX."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _describe_check(commands.add_parser("check", help="check every equation of pages or folders"))
    _describe_mutate(commands.add_parser("mutate", help="corrupt what is published, and demand that it is rejected"))
    new = commands.add_parser("new", help="draft the snippet of an equation that is on a page")
    new.add_argument("page", type=Path, metavar="PAGE", help="the Markdown file")
    new.add_argument("label", metavar="LABEL", help="the label of the equation")
    return parser


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from chainrule.report import engine_version

        print(f"chainrule {engine_version()}")
        parser.exit()


_WHERE = "a Markdown file or a folder (default: the pages of the mkdocs.yml above)"


def _describe_check(check: argparse.ArgumentParser) -> None:
    add = check.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help=_WHERE)
    add("--format", choices=("text", "json", "github"), default="text", help="default: text")
    add("--notation", type=Path, metavar="FILE", help="read the declarations of this page first")
    add("--no-snippets", action="store_true", help="check the mathematics alone, without snippets")
    add("--infer", action="store_true", help="infer the notation (not available yet)")
    add("--only", metavar="LABEL", help="report this equation alone")
    add("--jobs", type=_count, default=1, metavar="N", help="number of processes (default: 1)")
    limit = "for each equation (default: 10)"
    add("--time-limit", type=_seconds, default=10.0, metavar="SECONDS", help=limit)


def _describe_mutate(mutate: argparse.ArgumentParser) -> None:
    add = mutate.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help=_WHERE)
    add("--format", choices=("text", "json"), default="text", help="default: text")
    several = "at most N corruptions of pages, and as many of snippets (default: 2000)"
    add("--count", type=_count, default=2000, metavar="N", help=several)
    add("--seed", type=int, default=0, metavar="S", help="chooses among all that are possible (default: 0)")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("must be a positive number of seconds")
    return number


def _check(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from chainrule import report
    from chainrule.gate import check_paths
    from chainrule.options import Options
    from chainrule.selection import SelectionError
    from chainrule.settings import SettingsError

    if options.infer:
        parser.error("--infer is not available yet: declare the notation on the page")
    asked = Options(
        snippets=not options.no_snippets,
        time_limit=options.time_limit,
        notation=options.notation,
        only=options.only,
    )
    try:
        found, site_url = check_paths(options.paths, asked, options.jobs, _progress())
    except (SelectionError, SettingsError) as error:
        parser.error(str(error))
    if options.format == "json":
        text = report.as_json(found)
    elif options.format == "github":
        text = report.as_github(found, site_url)
    else:
        text = report.as_text(found, site_url)
    sys.stdout.write(text)
    return 1 if report.problems_of(found) else 0


def _mutate(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from chainrule.mutation import score
    from chainrule.mutation.run import mutate
    from chainrule.selection import SelectionError
    from chainrule.settings import SettingsError

    try:
        found = mutate(options.paths, options.count, options.seed, _counter())
    except (SelectionError, SettingsError) as error:
        parser.error(str(error))
    sys.stdout.write(score.as_json(found) if options.format == "json" else score.as_text(found))
    return 1 if found.with_fate("survived") else 0


def _new(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from chainrule.drafting import draft_snippet
    from chainrule.messages import format_problem
    from chainrule.selection import SelectionError
    from chainrule.settings import SettingsError

    try:
        made = draft_snippet(options.page, options.label)
    except (SelectionError, SettingsError) as error:
        parser.error(str(error))
    if isinstance(made, str):
        print(made)
        return 0
    print(format_problem(made), file=sys.stderr)
    return 1


def _counter() -> Callable[[int, int], None]:
    """Shows on a terminal how many corruptions have been tried."""
    if not sys.stderr.isatty():
        return lambda done, of: None

    def show(done: int, of: int) -> None:
        if done % 20 == 0 or done == of:
            text = f"{done} of {of}" if done < of else ""
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()

    return show


def _progress() -> Callable[[int, int, str], None]:
    """Shows on a terminal which page is being checked, in one line that is overwritten."""
    if not sys.stderr.isatty():
        return lambda done, of, page: None

    def show(done: int, of: int, page: str) -> None:
        text = f"checking {page} ({done + 1} of {of})" if done < of else ""
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    return show
