"""What can be wrong with articles: sources, front matter, fields, pictures, enclosures."""

from syndicate.findings.kinds import ERROR as _ERROR
from syndicate.findings.kinds import NOTE as _NOTE
from syndicate.findings.kinds import WARNING as _WARNING
from syndicate.findings.kinds import Kind

CONTENT: dict[str, Kind] = {
    # --- sources: the file as a file
    "format-unread": Kind(_WARNING, "Its markup language is not read.", "Write it in Markdown or HTML."),
    "source-unreadable": Kind(
        _ERROR, "The file could not be opened or read.", "Check that it exists and that you may read it."
    ),
    "source-not-a-file": Kind(
        _ERROR,
        "Something that is not a regular file (a FIFO, a device, a folder) stands among the articles.",
        "Move it out of the content folder.",
    ),
    "source-outside": Kind(
        _ERROR,
        "A link or a path leads out of the site; nothing outside the site is ever read.",
        "Put the file itself into the site.",
    ),
    "source-defeats": Kind(
        _ERROR,
        "The article could not be understood, by a fault of syndicate; all others are published.",
        "Report it with the file; until then write what the message names more plainly.",
    ),
    "source-too-large": Kind(
        _ERROR, "The source is larger than an article may be.", "Split it, or move data and pictures into files."
    ),
    "source-not-utf-8": Kind(
        _ERROR, "The source is not valid UTF-8, so its words cannot be known.", "Save it again as UTF-8."
    ),
    "characters-removed": Kind(
        _NOTE,
        "The source holds characters that XML forbids, which would cost a reader the whole feed. They were left out.",
        "Delete them in the source; they are usually invisible leftovers of a paste.",
    ),
    # --- front matter
    "front-matter-missing": Kind(
        _ERROR,
        "No front matter was found where articles must have it. Publishing it anyway could publish a draft.",
        "Begin the file with a line of three dashes, then the fields, then three dashes again.",
    ),
    "front-matter-unclosed": Kind(
        _ERROR, "The front matter begins but never ends.", "Close it with a line of its own: --- (or +++ for TOML)."
    ),
    "front-matter-invalid": Kind(
        _ERROR,
        "The front matter cannot be parsed, so nothing of the article is known for sure.",
        "Correct the line named.",
    ),
    "front-matter-hostile": Kind(
        _ERROR,
        "The front matter is larger, deeper or more repetitive than any real one (bombs look like this).",
        "Keep it under 64 kB, twelve levels deep, without tags, merge keys or piles of aliases.",
    ),
    "front-matter-duplicate-key": Kind(
        _WARNING, "A key stands twice in the front matter; the last one counts.", "Delete one of the two."
    ),
    # --- fields
    "field-invalid": Kind(
        _WARNING, "A field holds something of the wrong kind and was not used.", "Write it as the message says."
    ),
    "title-missing": Kind(
        _WARNING, "The article has no title; its file name was used.", "Add a title to the front matter."
    ),
    "title-long": Kind(
        _NOTE,
        "The title is longer than most platforms show.",
        "Nothing must be done; a shorter title is read more often.",
    ),
    "date-missing": Kind(
        _ERROR, "Neither the front matter nor the path says when the article was published.", "Add a date field."
    ),
    "date-invalid": Kind(_WARNING, "A date cannot be understood.", "Write it like 2024-03-08 15:13:00 +01:00."),
    "date-ambiguous": Kind(
        _WARNING,
        "A date can be read with the day or with the month first; it was not guessed.",
        "Write it like 2024-03-08.",
    ),
    "draft-skipped": Kind(_NOTE, "The article is a draft and was not published.", "Build with --drafts to see it."),
    "future-skipped": Kind(
        _NOTE, "The article is dated in the future and was not published yet.", "Build with --future to see it."
    ),
    "unpublished-skipped": Kind(
        _NOTE,
        "The article says that it is not to be published (published: false, or it has expired).",
        "None is needed.",
    ),
    "undated-skipped": Kind(
        _NOTE,
        "A page without a date stands among the articles; pages are not published in feeds.",
        "Add a date field if it is an article.",
    ),
    "body-refused": Kind(
        _ERROR,
        "The body is longer, deeper or wider than any reader could bear (bombs look like this).",
        "Split the article, or simplify its markup.",
    ),
    "body-flattened": Kind(
        _WARNING,
        "The body is nested deeper than any reader shows. Its innermost elements were taken out; their text stays.",
        "Close what is open, or quote less deeply.",
    ),
    "permalink-collision": Kind(
        _ERROR,
        "Two articles want the same address; the first by path keeps it, the other is not published.",
        "Give one of them another slug or permalink.",
    ),
    "permalink-guessed": Kind(
        _WARNING,
        "The site's own rule for addresses is not known here, so a default was used.",
        "Set `permalink` in syndicate.toml, or in the front matter.",
    ),
    "permalink-invalid": Kind(
        _ERROR, "The permalink climbs out of the site or is not an address.", "Write it like /2024/my-article/."
    ),
    "id-taken": Kind(
        _WARNING,
        "The article claims an id that another one has; readers would show only one of them. It goes by its address.",
        "Give it an id of its own, or none: copied front matter is the usual cause.",
    ),
    "translation-ambiguous": Kind(
        _WARNING,
        "Two articles in one language are said to be the same one; neither is linked with its translations.",
        "Give one of them another translation key, or none.",
    ),
    "markup-leaked": Kind(
        _NOTE,
        "Template code in the body (Liquid, shortcodes) has no meaning in a feed and was left out.",
        "None is needed if the article reads well without it.",
    ),
    # --- pictures
    "lead-image-missing": Kind(
        _WARNING,
        "The lead image is named but its file is not in the site; the card is set in type instead.",
        "Put the file where the front matter says, or correct the path.",
    ),
    "lead-image-unusable": Kind(
        _WARNING,
        "The lead image cannot be used: its bytes are not a picture we draw, or are damaged.",
        "Save it again as JPEG, PNG or WebP.",
    ),
    "lead-image-too-large": Kind(
        _WARNING,
        "The lead image would decode to more pixels than is safe or sensible.",
        "Save it smaller; 2400 pixels wide is plenty.",
    ),
    "extra-missing": Kind(
        _WARNING,
        "The lead image is of a kind (SVG, HEIC) that cards can use only with a library that is not installed.",
        'Install it: pip install "syndicate-cards[svg]" (drawings) or "syndicate-cards[heic]"; or save it as PNG.',
    ),
    "lead-image-external": Kind(
        _NOTE,
        "The lead image is on another host. A build needs no network: the card is set in type, feeds name its address.",
        "Put a copy of the picture into the site to have it on the card.",
    ),
    "lead-image-outside": Kind(
        _WARNING, "The lead image's path leads out of the site; it was not read.", "Put the picture into the site."
    ),
    "alt-missing": Kind(
        _NOTE,
        "The lead image has no text alternative that says what it shows.",
        "Add one next to the image (alt, image_alt, alternative-textuelle ...).",
    ),
    # --- enclosures
    "enclosure-missing": Kind(
        _WARNING,
        "A recording, film or document is named but its file is not in the site; feeds go without.",
        "Put the file where the front matter says, or correct the path.",
    ),
    "enclosure-unknown": Kind(
        _NOTE,
        "An attached file is on another host and nothing says how large it is, which feeds must tell; they go without.",
        "Give its size in bytes beside its address (length: 12345678), and its type where the name has no ending.",
    ),
}
