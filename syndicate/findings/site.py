"""What can be wrong with a site and what is made of it: settings, cards, feeds, moving from another generator."""

from syndicate.findings.kinds import ERROR as _ERROR
from syndicate.findings.kinds import NOTE as _NOTE
from syndicate.findings.kinds import WARNING as _WARNING
from syndicate.findings.kinds import Kind

SITE: dict[str, Kind] = {
    # --- settings and the site as a whole
    "base-url-missing": Kind(
        _WARNING,
        "No base URL is known, so the addresses in feeds and tags are those of a local preview.",
        "Set base_url in syndicate.toml, or build with --base-url.",
    ),
    "setting-invalid": Kind(_WARNING, "A setting cannot be used; the default was taken.", "Correct it."),
    "configuration-unread": Kind(
        _WARNING,
        "The generator's own configuration could not be read; what it says is not known here.",
        "Correct it, or say the same in syndicate.toml.",
    ),
    "git-untold": Kind(
        _WARNING,
        "Dates are to come from git, which knows none here.",
        'Install git and build in a clone of the repository, or take updated = "git" out of syndicate.toml.',
    ),
    "git-shallow": Kind(
        _WARNING,
        "Dates are to come from git, but this clone holds only the newest commits; its dates would be wrong.",
        "Fetch the whole history: git fetch --unshallow, or fetch-depth: 0 in the checkout of a workflow.",
    ),
    "language-elsewhere": Kind(
        _NOTE, "A language has a host of its own.", "Build it by itself: name that address with --base-url."
    ),
    "site-empty": Kind(
        _WARNING, "No article was found.", "Name the folder of the articles with `content` in syndicate.toml."
    ),
    # --- cards
    "glyph-missing": Kind(
        _WARNING,
        "No font at hand has a character of the card's text; it was left out.",
        "Name a font that has it under [cards] fonts in syndicate.toml, or add one with `syndicate fonts`.",
    ),
    "title-cut": Kind(
        _WARNING, "The title did not fit the card at the smallest size and was cut at a word.", "Shorten the title."
    ),
    "theme-unknown": Kind(
        _WARNING,
        "An article asks for a theme that nobody knows; its cards are made as if it had not.",
        "Take photograph, beside, editorial, block, quote, event, or the path of the site's own theme.",
    ),
    "theme-missing": Kind(
        _WARNING,
        "The settings or an article name a theme's file that is not in the site; the cards get the built-in theme"
        " editorial.",
        "Write its path from the site's root, or make it with `syndicate init --theme NAME`.",
    ),
    "theme-broken": Kind(
        _WARNING,
        "A theme's file cannot be used; the cards that ask for it get the built-in theme editorial.",
        "Correct the line and key named.",
    ),
    "theme-unsafe": Kind(
        _WARNING,
        "A theme's text asks for what could run for ever (loops, calls, macros, products); the article's own words were"
        " used instead.",
        "Write it with names, filters and conditions alone.",
    ),
    "theme-font-missing": Kind(
        _WARNING,
        "A theme prefers a typeface that is not at hand; the others were taken.",
        "Name its file under [cards] fonts in syndicate.toml, and its family in the theme.",
    ),
    "font-unusable": Kind(
        _WARNING, "A font of the site cannot be used; the shipped ones were taken.", "Name an intact TTF or OTF file."
    ),
    "logo-unusable": Kind(
        _WARNING, "The site's logo cannot be used; cards go without.", "Name a PNG or JPEG in the site."
    ),
    "card-heavy": Kind(
        _WARNING, "A card is heavier than platforms like, whatever the quality.", "Use a calmer lead image."
    ),
    # --- feeds
    "feed-heavy": Kind(
        _WARNING,
        "A feed is so large that validators and some readers stop before its end.",
        'Lower `limit` under [feeds] in syndicate.toml, or publish summaries (content = "summary").',
    ),
    # --- moving from another generator
    "feed-unread": Kind(_WARNING, "A file is larger than any feed and was not read.", "Name the feed itself."),
    "feed-malformed": Kind(
        _WARNING,
        "The old feed is not well formed; it was read as readers mend it.",
        "None is needed; entries after the line named may be missing from the comparison.",
    ),
    "feed-address-unknown": Kind(
        _WARNING,
        "The old feed does not name its own address, so nobody can tell whether it moves.",
        "Compare the address that readers have with those in feeds.opml; redirect it where they differ.",
    ),
    "feed-moved": Kind(
        _ERROR,
        "Readers fetch the old feed from an address where nothing would be published; some show every article again.",
        "Publish it there, too ([feeds.also] in syndicate.toml), or redirect it to the new address for good (301).",
    ),
    "entry-id-changed": Kind(
        _ERROR,
        "An article would get another id. Every reader would show it again, as new.",
        "Set `ids` under [feeds] to the tool that made the old feed, or name the old id in the front matter (id: ...).",
    ),
    "entry-url-changed": Kind(
        _WARNING,
        "An article's address would change; links that people have shared lead nowhere.",
        "Set `permalink` in syndicate.toml so that addresses stay, or redirect the old ones.",
    ),
    "entry-title-changed": Kind(
        _WARNING, "An article's title would change in readers.", "None is needed if the new one is right."
    ),
    "entry-date-changed": Kind(
        _WARNING,
        "An article's date would change; some readers would sort it anew.",
        "Set `time_zone` in syndicate.toml if hours differ; write the date with its offset if one article's does.",
    ),
    "entry-gone": Kind(
        _WARNING,
        "An entry of the old feed is no article of the site as it is understood here.",
        "See `syndicate list` for sources that are not published, and why.",
    ),
    "entry-new": Kind(
        _NOTE,
        "An article would be in the site's feed that is in none of the old ones.",
        "Lower `limit` under [feeds] in syndicate.toml if old articles would show as new.",
    ),
    "brotli-missing": Kind(
        _NOTE,
        "Feeds are to be compressed, but the brotli package is not installed; they get .gz siblings only.",
        'Install it with `pip install "syndicate-cards[brotli]"`, or say compress = ["gzip"] under [feeds].',
    ),
    # --- announcing
    "announcement-waits": Kind(
        _WARNING,
        "A hub, a search engine or the webhook could not be told what is new. What was published stands.",
        "Nothing need be done: the next build tries again, and so does `syndicate announce`.",
    ),
    "announcement-refused": Kind(
        _WARNING,
        "A hub, a search engine or the webhook does not want to be told, or could not be for days; it was given up.",
        "Correct its address or key under [announce] in syndicate.toml.",
    ),
    "announcement-unsigned": Kind(
        _WARNING,
        "The webhook's secret is not at hand, so nothing was sent to it; what is new waits.",
        "Put the secret into the environment variable that `webhook_secret_env` under [announce] names.",
    ),
    "outbox-unusable": Kind(
        _WARNING,
        "The outbox in .syndicate/ cannot be read or written, so nothing was announced.",
        "Let the folder be writable; the outbox itself may be deleted at any time.",
    ),
    # --- built pages
    "page-skipped": Kind(
        _WARNING,
        "A built page cannot be read, or nothing can be written into it; it was left exactly as it is.",
        "Correct what the message names, then build the site and inject again.",
    ),
    "page-missing": Kind(
        _WARNING,
        "An article has no page in the built site, so that its tags stand nowhere.",
        "Build the site first, with the base URL that syndicate has; `syndicate list` shows the article's address.",
    ),
    "page-outdated": Kind(
        _WARNING,
        "A built page lacks the head tags or the feed links that it should have, or has older ones.",
        "Run `syndicate inject` after each build of the site.",
    ),
    "page-tags-kept": Kind(
        _NOTE,
        "A page has tags of its own for what ours say, too; its own were kept, ours left out.",
        "Inject with --replace to let ours take their place; --undo brings them back.",
    ),
    "pages-packed": Kind(
        _WARNING,
        "Packed siblings (.gz, .br) stand beside pages that were written into; servers would send the old ones.",
        "Pack after injecting.",
    ),
    "built-body-missing": Kind(
        _WARNING,
        "No built page shows the article, or no element of it holds one; the body comes from elsewhere or is left out.",
        "Mark the article's element: <article>, or class e-content.",
    ),
    "output-occupied": Kind(
        _WARNING,
        "Where a file was to be published stands one that syndicate did not make; that one was kept.",
        "Publish into a folder of its own with -o, or move the other file away.",
    ),
    # --- publishing
    "file-missing": Kind(
        _ERROR, "A file that was published is gone.", "Run `syndicate check --repair`; find out what removed it."
    ),
    "file-altered": Kind(
        _ERROR,
        "A published file has other bytes than were published.",
        "Run `syndicate check --repair`; find out what writes into the output.",
    ),
    "reference-broken": Kind(
        _ERROR, "A published file names another one that is not there.", "Run `syndicate check --repair`."
    ),
    "share-missing": Kind(
        _WARNING,
        "A machine did not leave its share of the cards in the output, so that they were rendered here.",
        "Look at its log; build all shares with the same N.",
    ),
    "render-failed": Kind(
        _ERROR, "A file could not be rendered; what stood before still stands.", "Report it, with the article."
    ),
}
