"""The list is whole: what was found by running things, statement by statement, and the tests that hold each."""

import ast

import pytest
from making import ROOT, shared

from bench.faults.guards import GUARDS

FOUND: dict[str, dict[str, tuple[str, ...]]] = {
    "Front matter": {
        "30,000 nested brackets kill the process": ("found/test_headers::test_thirty_thousand_brackets_kill_nobody",),
        "a merge-key bomb takes 8 s and 230 MB": (
            "found/test_headers::test_a_merge_key_is_refused_however_it_is_said",
        ),
        "an alias bomb costs 827 MB when printed": ("found/test_headers::test_aliases_count_for_what_they_stand_for",),
        "a BOM, an unclosed header or TOML hides a draft": (
            "loading/test_loading::test_a_draft_is_never_published",
            "loading/test_frontmatter::test_no_shape_of_a_header_publishes_a_draft",
            "loading/test_loading::test_what_people_take_for_a_header_is_never_a_body",
        ),
        "content, handler, self and 2024 raise": (
            "loading/test_frontmatter::test_keys_that_python_frontmatter_trips_over",
        ),
        "duplicate keys pass silently": ("loading/test_frontmatter::test_a_key_twice_is_reported_and_the_last_counts",),
        "64 kB, depth 12, 3,000 nodes, 20 aliases": (
            "found/test_headers::test_bounds_are_those_that_were_promised",
            "found/test_headers::test_keys_of_many_parts_are_refused_and_prose_with_dots_is_not",
        ),
        "no tags": ("loading/test_frontmatter::test_what_cannot_be_understood_is_refused_with_its_line",),
        "scalars stay text": (
            "found/test_headers::test_a_title_is_what_its_author_wrote",
            "loading/test_frontmatter::test_scalars_stay_what_their_author_wrote",
        ),
        "no front matter seen is an error": (
            "loading/test_loading::test_a_bad_article_is_one_finding_and_stops_nobody",
        ),
    },
    "Pictures": {
        "38 bytes of WebP become 177 megapixels": (
            "found/test_pictures::test_thirty_eight_bytes_of_webp_get_no_room_for_177_megapixels",
        ),
        "1.8 kB of AVIF become 1.4 GB": ("found/test_pictures::test_an_avif_of_gigabytes_is_refused",),
        "a PNG becomes 689 MB without a warning": (
            "found/test_pictures::test_a_png_of_its_size_without_a_warning_is_refused_before_it_is_decoded",
        ),
        "five formats": ("found/test_pictures::test_five_formats_are_read_and_no_other_decoder_is_begun",),
        "40 MP before they are loaded, JPEG 200 MP with draft()": (
            "cards/test_pictures::test_a_picture_of_more_than_forty_megapixels_is_too_large",
            "cards/test_pictures::test_a_large_jpeg_is_scaled_while_it_is_decoded_but_never_below_what_is_asked",
            "found/test_pictures::test_a_huge_jpeg_is_scaled_while_it_is_decoded_or_refused",
        ),
        "bomb warnings are errors": ("cards/test_pictures::test_a_bomb_is_refused_by_its_header",),
        "a worker with a limit of memory and a clock": (
            "test_crew::test_what_ends_a_copy_costs_its_own_piece",
            "test_crew::test_a_copy_that_hangs_is_ended_by_its_alarm",
            "test_engine::test_a_worker_that_eats_memory_costs_one_file",
            "serving/test_studio::test_a_worker_that_dies_hangs_or_eats_costs_one_card",
            "stories/test_faults::test_an_article_or_a_card_that_kills_who_makes_it_costs_itself_alone",
        ),
        "ten exception classes": (
            "cards/test_pictures::test_damage_is_a_picture_error_and_nothing_else",
            "stories/test_worse::test_a_picture_or_a_font_made_worse_is_taken_or_refused",
        ),
        "EXIF, XMP, texts and ICC never survive": (
            "found/test_pictures::test_nothing_that_a_photograph_tells_besides_is_published",
            "cards/test_encode::test_nothing_of_the_source_survives_but_the_picture",
        ),
    },
    "Fonts": {
        "a font cut in half draws nothing": ("loading/test_typefaces::test_a_spoiled_font_is_one_finding",),
    },
    "Markdown and HTML": {
        "34 complexity bombs": ("found/test_bodies::test_no_body_takes_the_square_of_its_length",),
        "maxNesting drops text": ("found/test_bodies::test_text_in_deep_nesting_is_not_lost",),
        "60,000 divisions and 100,000 templates": (
            "found/test_bodies::test_sixty_thousand_elements_in_each_other_cost_nobody_anything",
            "found/test_bodies::test_what_the_sanitiser_would_look_at_over_and_over_is_refused",
        ),
        "a body of at most 1 MiB": ("found/test_bodies::test_a_body_has_at_most_a_mebibyte",),
        "killable workers": (
            "stories/test_faults::test_an_article_or_a_card_that_kills_who_makes_it_costs_itself_alone",
        ),
        "nh3 with explicit lists": (
            "found/test_bodies::test_what_may_pass_is_listed_here_and_nowhere_else",
            "loading/test_html::test_nothing_active_passes",
            "stories/test_worse::test_a_sanitisers_own_tests_are_dead_in_every_dialect",
        ),
    },
    "XML": {
        "one control character, U+FFFE or half a character loses a feed": (
            "test_characters::test_what_passes_is_xml",
            "found/test_exits::test_whatever_an_article_says_every_exit_is_closed",
            "found/test_exits::test_each_word_alone_is_borne",
            "found/test_headers::test_an_address_that_is_none_costs_no_feed",
        ),
        "texts over 10 MB cannot be read back": (
            "found/test_bodies::test_a_body_that_becomes_too_long_to_be_read_back_is_refused",
            "found/test_bodies::test_the_longest_body_of_all_is_read_back",
            "found/test_bodies::test_an_address_as_long_as_a_novel_is_none",
        ),
        "XHTML deeper than 256 cannot be read back": ("found/test_bodies::test_the_deepest_body_of_all_is_read_back",),
    },
    "Paths": {
        "links are not followed out of the site": (
            "found/test_paths::test_links_are_followed_inside_the_site_and_nowhere_else",
            "found/test_paths::test_no_reference_reads_outside",
        ),
        "FIFOs hang": ("found/test_paths::test_what_is_no_file_is_neither_waited_for_nor_read",),
        "/dev/zero never ends": ("found/test_paths::test_a_device_never_ends_and_is_not_begun",),
        "size before reading": ("found/test_paths::test_a_file_is_weighed_before_it_is_read",),
        "never through a link planted in the output": (
            "found/test_paths::test_nothing_is_written_through_a_planted_link",
            "publishing/test_folder::test_nothing_is_written_or_read_or_removed_through_a_link",
            "publishing/test_folder::test_a_link_planted_under_a_drafts_name_is_not_followed",
            "found/test_paths::test_what_is_kept_beside_a_site_is_no_link_either",
            "found/test_paths::test_a_build_that_must_wait_makes_no_mark_elsewhere",
        ),
    },
    "Publishing under readers": {
        "no torn, missing or mixed reads": (
            "stories/test_faults::test_readers_never_meet_a_torn_or_missing_file_while_a_site_is_published",
            "publishing/test_folder::test_a_reader_never_sees_half_a_file",
        ),
        "hashed names, ordered, with a grace time": (
            "test_laws::test_objects_stand_before_what_points_at_them",
            "test_laws::test_replaced_cards_stay_for_their_grace_time",
        ),
        "fsync before rename": ("found/test_paths::test_what_is_published_is_on_the_disk_before_it_takes_its_place",),
        "a kill leaves whole files": (
            "stories/test_faults::test_a_killed_build_leaves_whole_files_and_the_next_one_heals",
        ),
    },
    "Locks": {
        "workers hold no lock and die with their parent": (
            "test_crew::test_copies_hold_nothing_of_their_original_and_die_with_it",
        ),
    },
    "Network": {
        "an own list of special ranges": (
            "announcing/test_destinations::test_what_is_special_is_refused",
            "announcing/test_destinations::test_an_address_that_carries_another_is_judged_by_it",
        ),
        "judge what is resolved, and dial that": (
            "announcing/test_wire::test_a_name_is_judged_by_where_it_leads_and_exactly_that_is_dialled",
        ),
        "odd names of this machine": (
            "announcing/test_wire::test_this_machine_is_not_dialled_however_it_is_called",
            "announcing/test_destinations::test_no_spelling_of_a_special_address_resolves_to_a_public_one",
        ),
    },
    "Webhooks": {
        "compare bytes": ("serving/test_senders::test_no_header_breaks_anything",),
        "remember delivery ids": (
            "serving/test_receiver::test_a_copy_is_refused_whatever_it_is_called",
            "serving/test_receiver::test_a_copy_is_refused_after_a_restart",
        ),
        "refuse two lengths": (
            "serving/test_receiver::test_requests_that_can_be_read_in_two_ways_are_refused",
            "serving/test_receiver::test_a_genuine_one_that_can_be_read_in_two_ways_is_refused_too",
        ),
        "at most 1 MiB": ("serving/test_receiver::test_what_is_too_large_is_refused_before_it_is_read",),
        "one running and one pending build": (
            "serving/test_receiver::test_a_flood_costs_two_builds_and_little_memory",
        ),
    },
    "Logs and CI": {
        "newlines and terminal escapes": (
            "test_characters::test_foreign_text_cannot_speak_to_a_terminal",
            "stories/test_command_line::test_titles_cannot_speak_to_the_terminal",
        ),
        "::error commands": ("test_characters::test_foreign_text_gives_no_orders_to_what_runs_a_build",),
        "cells that are formulas": (
            "test_characters::test_a_cell_is_no_formula_and_no_order",
            "cli/test_list::test_a_spreadsheet_runs_nothing",
            "browser/test_gallery_take::test_names_that_are_one_on_many_disks_are_told_apart",
        ),
    },
    "Identity": {
        "one permalink twice": (
            "loading/test_loading::test_one_address_is_given_once",
            "loading/sites/test_bad_input::test_two_articles_of_one_address",
        ),
        "equal after NFC or case folding": (
            "loading/test_loading::test_addresses_whose_files_would_meet",
            "loading/sites/test_bad_input::test_twins_that_only_unicode_tells_apart",
        ),
        "con.md and trailing dots": (
            "found/test_paths::test_names_that_disks_fold_or_refuse_are_told_apart_or_told",
            "test_addresses::test_two_addresses_never_share_a_place",
        ),
        "nothing overwritten": ("found/test_paths::test_no_article_makes_a_folder_where_another_has_its_file",),
        "overrides removed, isolates balanced": (
            "test_characters::test_a_label_is_one_line_and_keeps_its_typography",
            "test_characters::test_prose_keeps_what_is_turned_back_and_nothing_else",
        ),
        "combining runs capped": ("test_characters::test_marks_are_capped",),
    },
    "Accidents": {
        "an empty content folder deletes nothing": (
            "publishing/test_guards::test_a_wipe_is_refused_unless_allowed",
            "stories/test_command_line::test_an_empty_folder_publishes_a_friendly_nothing_and_never_wipes",
        ),
        "a template change tells nobody that all is new": (
            "publishing/test_memory::test_what_is_no_edit_keeps_id_and_date",
            "publishing/test_memory::test_no_life_of_a_site_changes_an_id_or_dates_what_was_not_edited",
            "publishing/test_audience::test_a_script_that_touches_every_article_is_refused_until_it_is_confirmed",
            "publishing/test_audience::test_what_changes_neither_ids_nor_words_is_never_taken_for_an_accident",
        ),
    },
}


def names_in(name):
    tree = ast.parse((ROOT / "tests" / f"{name}.py").read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("paragraph", FOUND)
def test_each_statement_has_tests_that_are_there(paragraph):
    for statement, tests in FOUND[paragraph].items():
        assert tests, statement
        for test in tests:
            module, _, name = test.partition("::")
            assert name in names_in(module), (statement, test)


def test_no_paragraph_is_left_out():
    told = shared("design", "security.md").read_text(encoding="utf-8").partition("## Found")[2].partition("\n## ")[0]
    named = {line[2:].partition(".**")[0].partition("**")[0] for line in told.splitlines() if line.startswith("**")}
    assert {name for name in named if not name.startswith("One bad file")} == set(FOUND)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_that_is_taken_out_is_where_the_bench_believes_it(guard):
    """``bench/faults/guards.py`` takes each out and runs its test, which must fail then."""
    text = (ROOT / guard.file).read_text(encoding="utf-8")
    assert text.count(guard.there) == 1
    for test in guard.tests:
        module, _, name = test.partition("::")
        assert name.partition("[")[0] in names_in(module)
