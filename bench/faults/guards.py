"""Take each guard out of a copy of the program, and see its test fail: a guard that nothing misses is none.

    PYTHONPATH=. .venv/bin/python bench/faults/guards.py /tmp/guards [NAME ...]

First all named tests run with every guard in place; then each guard is taken out in its turn. Prints a table, and exits
with 1 where a test does not miss its guard.
"""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("syndicate", "tests", "bench", "fonts", "content", "pyproject.toml", "README.md")
SECONDS, MEMORY = 90, 6 << 30
"""What a test may take without its guard: some guards are there against what never ends or fills the machine."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A guard: what it is, where it stands, what stands there without it, and the tests that must fail then."""

    name: str
    file: str
    there: str
    without: str
    tests: tuple[str, ...]


def _guard(name: str, file: str, there: str, without: str, *tests: str) -> Guard:
    return Guard(name, f"syndicate/{file}.py", there, without, tests)


_HEADERS, _LOADING = "found/test_headers::", "loading/test_loading::"
_PICTURES, _BODIES, _PATHS = "found/test_pictures::", "found/test_bodies::", "found/test_paths::"
_TEXTS = "test_characters::"

GUARDS = (
    _guard(
        "depth of YAML",
        "loading/yaml",
        "if len(self.stack) >= DEPTH:",
        "if False:",
        f"{_HEADERS}test_bounds_are_those_that_were_promised",
    ),
    _guard(
        "values of YAML",
        "loading/yaml",
        "if limits.seen > limits.nodes:",
        "if False:",
        f"{_HEADERS}test_bounds_are_those_that_were_promised",
    ),
    _guard(
        "weight of aliases",
        "loading/yaml",
        "_count(limits, line, size)",
        "_count(limits, line)",
        f"{_HEADERS}test_aliases_count_for_what_they_stand_for",
    ),
    _guard(
        "merge keys",
        "loading/yaml",
        'raise YamlError("merge keys (<<) are not allowed in front matter", line, hostile=True)',
        "pass",
        f"{_HEADERS}test_a_merge_key_is_refused_however_it_is_said",
    ),
    _guard(
        "typed scalars",
        "loading/yaml",
        "return None if text in _NULL else Plain(text)",
        'return yaml.safe_load(text) if text[:1] not in "*&!" else Plain(text)',
        f"{_HEADERS}test_a_title_is_what_its_author_wrote",
    ),
    _guard(
        "keys that stand twice",
        "loading/yaml",
        "duplicates.append((str(frame.key), line))",
        "pass",
        "loading/test_frontmatter::test_a_key_twice_is_reported_and_the_last_counts",
    ),
    _guard(
        "size of a header",
        "loading/frontmatter",
        "if size > HEADER_BYTES:",
        "if False:",
        f"{_HEADERS}test_bounds_are_those_that_were_promised",
    ),
    _guard(
        "keys of many parts",
        "loading/frontmatter",
        "if dotted:",
        "if False:",
        f"{_HEADERS}test_keys_of_many_parts_are_refused_and_prose_with_dots_is_not",
    ),
    _guard(
        "headers left open",
        "loading/frontmatter",
        '_fail("front-matter-unclosed", path, f"the front matter opened with {opening} is never closed", 1 + skipped)',
        'return _header({"title": "A", "date": "2024-03-08"}, {}, "yaml", text, 1)',
        f"{_LOADING}test_a_draft_is_never_published",
    ),
    _guard(
        "headers nobody sees",
        "loading/frontmatter",
        "    _refuse_hidden(stripped, path, skipped)\n",
        "",
        f"{_LOADING}test_what_people_take_for_a_header_is_never_a_body",
    ),
    _guard(
        "articles without a header",
        "loading/article",
        "if not header.kind and frame.layout.headed:",
        "if False:",
        "loading/sites/test_jekyll::test_a_post_without_front_matter_is_refused",
    ),
    _guard(
        "length of an address",
        "loading/article",
        'permalink if len(permalink) <= _ADDRESS else ""',
        "permalink",
        f"{_BODIES}test_an_address_as_long_as_a_novel_is_none",
    ),
    _guard(
        "what an address is shared with",
        "loading/article",
        'return unicodedata.normalize("NFC", article_path(permalink)).casefold()',
        "return permalink",
        f"{_LOADING}test_addresses_whose_files_would_meet",
    ),
    _guard(
        "addresses for letters",
        "loading/fields",
        'author.email if _EMAIL.fullmatch(author.email) else ""',
        "author.email",
        f"{_HEADERS}test_an_address_that_is_none_costs_no_feed",
    ),
    _guard(
        "the canvas of a WebP",
        "cards/pictures",
        "    _bound(*_canvas(data), _WEBP_PIXELS)\n",
        "",
        f"{_PICTURES}test_thirty_eight_bytes_of_webp_get_no_room_for_177_megapixels",
    ),
    _guard(
        "pixels in a header",
        "cards/pictures",
        "    _bound(*image.size, _JPEG_PIXELS if scaled else _PIXELS)\n",
        "",
        f"{_PICTURES}test_a_png_of_its_size_without_a_warning_is_refused_before_it_is_decoded",
    ),
    _guard(
        "pixels to decode",
        "cards/pictures",
        "        _bound(*image.size, _PIXELS)\n",
        "",
        f"{_PICTURES}test_a_huge_jpeg_is_scaled_while_it_is_decoded_or_refused",
    ),
    _guard(
        "progressive JPEGs",
        "cards/pictures",
        ' and not image.info.get("progressive")',
        "",
        f"{_PICTURES}test_a_huge_jpeg_is_scaled_while_it_is_decoded_or_refused",
    ),
    _guard(
        "formats of pictures",
        "cards/pictures",
        "Image.open(io.BytesIO(_without_extras(data)), formats=FORMATS)",
        "Image.open(io.BytesIO(_without_extras(data)))",
        f"{_PICTURES}test_five_formats_are_read_and_no_other_decoder_is_begun",
    ),
    _guard(
        "ten kinds of damage",
        "cards/pictures",
        "except Exception as error:  # ten classes",
        "except OSError as error:  # ten",
        "cards/test_pictures::test_damage_is_a_picture_error_and_nothing_else",
    ),
    _guard(
        "what a photograph tells",
        "cards/encode",
        "    image.info = {}",
        "    pass",
        "cards/test_encode::test_nothing_of_the_source_survives_but_the_picture",
    ),
    _guard(
        "fonts that draw nothing",
        "loading/typefaces",
        "    raster.prove(data, face.covers)\n",
        "",
        "loading/test_typefaces::test_a_spoiled_font_is_one_finding",
    ),
    _guard(
        "depth of a body",
        "loading/html",
        "    refuse_depth(html)\n",
        "",
        f"{_BODIES}test_sixty_thousand_elements_in_each_other_cost_nobody_anything",
    ),
    _guard(
        "breadth of a body",
        "loading/html",
        "    refuse_breadth(html)\n",
        "",
        f"{_BODIES}test_what_the_sanitiser_would_look_at_over_and_over_is_refused",
    ),
    _guard(
        "length of what is made of a body",
        "loading/html",
        "if len(clean) > RESULT:",
        "if False:",
        f"{_BODIES}test_a_body_that_becomes_too_long_to_be_read_back_is_refused",
    ),
    _guard(
        "size of a body",
        "loading/markdown",
        'if len(text.encode("utf-8", "surrogatepass")) > BODY_BYTES:',
        "if False:",
        f"{_BODIES}test_a_body_has_at_most_a_mebibyte",
    ),
    _guard(
        "pictures in addresses",
        "loading/html",
        "return reference if picture and _DATA_IMAGE.fullmatch(reference) else None",
        "return reference",
        "loading/test_html::test_nothing_active_passes",
    ),
    _guard(
        "characters of XML",
        "characters",
        'return text if _clean(text) else _UNWANTED.sub("", _ILLEGAL.sub("", text))',
        "return text",
        f"{_TEXTS}test_what_passes_is_xml",
        "found/test_exits::test_each_word_alone_is_borne",
    ),
    _guard(
        "labels that turn",
        "characters",
        '_DIRECTING.sub("", strip_illegal(text))',
        "strip_illegal(text)",
        f"{_TEXTS}test_a_label_is_one_line_and_keeps_its_typography",
    ),
    _guard(
        "prose that turns",
        "characters",
        "        clean = _balanced(clean)\n",
        "        pass\n",
        f"{_TEXTS}test_prose_keeps_what_is_turned_back_and_nothing_else",
        "found/test_exits::test_each_word_alone_is_borne",
    ),
    _guard(
        "stacks of marks",
        "characters",
        "        if run <= _MARKS:\n",
        "        if True:\n",
        f"{_TEXTS}test_marks_are_capped",
    ),
    _guard(
        "what a terminal obeys",
        "characters",
        '        return f"\\\\u{ord(character):04x}"\n',
        "        return character\n",
        f"{_TEXTS}test_foreign_text_cannot_speak_to_a_terminal",
    ),
    _guard(
        "what a build's runner obeys",
        "characters",
        "return _ORDER.sub(_escape, shown)",
        "return shown",
        f"{_TEXTS}test_foreign_text_gives_no_orders_to_what_runs_a_build",
    ),
    _guard(
        "formulas",
        "characters",
        'f"\'{text}" if text.startswith(_FORMULA) else text',
        "text",
        "cli/test_list::test_a_spreadsheet_runs_nothing",
    ),
    _guard(
        "addresses to click",
        "addresses",
        'canonical(text) if is_web_address(text) else ""',
        "canonical(text)",
        "gallery/test_exhibits::test_an_address_no_browser_should_follow_is_no_link",
    ),
    _guard(
        "linked data",
        "tags/head",
        '"[<>&\\u2028\\u2029]|"',
        '"[\\u2028\\u2029]|"',
        "tags/test_head::test_no_content_gets_out_of_its_attribute",
    ),
    _guard(
        "names that systems reserve",
        "addresses",
        " and not _RESERVED.fullmatch(clean)\n",
        "\n",
        f"{_PATHS}test_names_that_disks_fold_or_refuse_are_told_apart_or_told",
    ),
    _guard(
        "folders for files",
        "addresses",
        "    safe = safe and not (file and file.search(clean))\n",
        "",
        f"{_PATHS}test_no_article_makes_a_folder_where_another_has_its_file",
    ),
    _guard(
        "links out of a site",
        "loading/sources",
        "return (self.root / path).resolve().is_relative_to(self.root)",
        "return True",
        f"{_PATHS}test_links_are_followed_inside_the_site_and_nowhere_else",
        f"{_PATHS}test_no_reference_reads_outside",
    ),
    _guard(
        "what is no file",
        "loading/sources",
        "if not stat.S_ISREG(status.st_mode):",
        "if False:",
        f"{_PATHS}test_what_is_no_file_is_neither_waited_for_nor_read",
    ),
    _guard(
        "size before reading",
        "loading/sources",
        "if status.st_size > limit:",
        "if False:",
        f"{_PATHS}test_a_file_is_weighed_before_it_is_read",
    ),
    _guard(
        "links in an output",
        "publishing/folder",
        "            if not self._plain(parent):\n",
        "            if False:\n",
        "publishing/test_folder::test_nothing_is_written_or_read_or_removed_through_a_link",
    ),
    _guard(
        "a mark that is a link",
        "publishing/folder",
        "if not self.interrupted():",
        "if not marker.exists():",
        f"{_PATHS}test_nothing_is_written_through_a_planted_link",
    ),
    _guard(
        "the disk before the name",
        "publishing/folder",
        "            self._sync([draft for draft, _ in self._drafts])\n",
        "",
        f"{_PATHS}test_what_is_published_is_on_the_disk_before_it_takes_its_place",
    ),
    _guard(
        "a vanished site",
        "publishing/guards",
        "if allowed or not gone:",
        "if True:",
        "publishing/test_guards::test_a_wipe_is_refused_unless_allowed",
    ),
    _guard(
        "other people's files",
        "publishing/guards",
        "    if foreign:\n",
        "    if False:\n",
        "publishing/test_guards::test_foreign_files_are_not_published_over",
    ),
    _guard(
        "the clock of a copy",
        "engine/crew",
        "signal.setitimer(signal.ITIMER_REAL, job.seconds)",
        "pass",
        "test_crew::test_a_copy_that_hangs_is_ended_by_its_alarm",
    ),
    _guard(
        "the memory of a copy",
        "engine/crew",
        "resource.setrlimit(resource.RLIMIT_AS, (limit, limit))",
        "pass",
        "test_crew::test_what_ends_a_copy_costs_its_own_piece",
    ),
    _guard(
        "locks in a copy",
        "engine/crew",
        "    _let_go(*ours)\n",
        "",
        "test_crew::test_copies_hold_nothing_of_their_original_and_die_with_it",
    ),
    _guard(
        "addresses inside addresses",
        "announcing/destinations",
        "if any(address in network for network in _CARRIERS):",
        "if False:",
        "announcing/test_destinations::test_an_address_that_carries_another_is_judged_by_it",
    ),
    _guard(
        "what a name leads to",
        "announcing/wire",
        "if self.allow_private or is_public(one)]",
        "]",
        "announcing/test_wire::test_a_name_is_judged_by_where_it_leads_and_exactly_that_is_dialled",
    ),
    _guard(
        "requests of two lengths",
        "serving/receiver",
        'if b"content-length" in names and b"transfer-encoding" in names:',
        "if False:",
        "serving/test_receiver::test_a_genuine_one_that_can_be_read_in_two_ways_is_refused_too",
    ),
)


@dataclass(frozen=True, slots=True)
class Run:
    """What became of tests: pytest's code (1 is a test that failed), their seconds, and why the first failed."""

    code: int
    seconds: float
    why: str


def main() -> int:
    """Copy, prove the copy, take guards out; return 1 where one is not missed."""
    place, *names = sys.argv[1:] or ["/tmp/guards"]
    chosen = [guard for guard in GUARDS if not names or guard.name in names]
    copy = _copied(Path(place))
    whole = _run(copy, sorted({test for guard in chosen for test in guard.tests}))
    said = "pass" if whole.code == 0 else f"FAIL ({whole.why})"
    print(f"{len(chosen)} guards in place: their tests {said} ({whole.seconds:.0f} s)", flush=True)
    missed = sum(_taken_out(copy, guard) for guard in chosen)
    print(f"{missed} of {len(chosen)} guards are missed by each of their tests")
    return 0 if whole.code == 0 and missed == len(chosen) else 1


def _copied(place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "output"))
        else:
            shutil.copy2(ROOT / name, place / name)
    return place


def _taken_out(copy: Path, guard: Guard) -> bool:
    """Take a guard out, run each of its tests alone, put it back; say whether every test missed it."""
    file = copy / guard.file
    text = file.read_text(encoding="utf-8")
    assert text.count(guard.there) == 1, guard.name
    file.write_text(text.replace(guard.there, guard.without), encoding="utf-8")
    runs = [_run(copy, [test]) for test in guard.tests]
    file.write_text(text, encoding="utf-8")
    for test, run in zip(guard.tests, runs, strict=True):
        said = {0: "NOT MISSED", 1: "fails"}.get(run.code, "BROKEN")
        print(f"{guard.name:32} {said:10} {run.seconds:3.0f} s  {run.why:24} {test}", flush=True)
    return all(run.code == 1 for run in runs)


def _run(copy: Path, tests: Sequence[str]) -> Run:
    """Run tests in a copy; to hang or to eat the machine is to fail."""
    began = perf_counter()
    paths = [f"tests/{test.replace('::', '.py::')}" for test in tests]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", *paths]
    env = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "500"}
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    process = subprocess.Popen(command, cwd=copy, env=env, preexec_fn=_bounded, start_new_session=True, **piped)  # noqa: PLW1509 -- no threads here
    try:
        told, _ = process.communicate(timeout=SECONDS * (1 + len(tests) // 8))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return Run(1, perf_counter() - began, f"more than {SECONDS} s")
    why = re.search(r"^FAILED \S+(?:.*?) - (\w+(?:\.\w+)*)", told, re.MULTILINE)
    code = 1 if process.returncode < 0 else process.returncode  # killed by the system: a guard against that
    reason = why[1].rpartition(".")[2] if why else "killed"
    return Run(code, perf_counter() - began, reason if code == 1 else "")


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main())
