"""What can be wrong with what is published, in the eyes of platforms and feed readers."""

from syndicate.findings.kinds import ERROR as _ERROR
from syndicate.findings.kinds import NOTE as _NOTE
from syndicate.findings.kinds import WARNING as _WARNING
from syndicate.findings.kinds import Kind

_TELL = "Let syndicate write the tags (`syndicate inject`); if it did, report it."

PUBLISHED: dict[str, Kind] = {
    # --- the head of a page
    "tags-late": Kind(
        _WARNING,
        "Tags stand so far into the page that some platforms do not read them.",
        "Let the tags come before long styles and scripts in the head.",
    ),
    "preview-title-missing": Kind(_WARNING, "A page with a card has no title that platforms show.", _TELL),
    "preview-title-cut": Kind(
        _NOTE, "A platform shows only the start of the title.", "Let the start say it, or choose a shorter title."
    ),
    "preview-description-cut": Kind(
        _NOTE, "A platform shows only the start of the description.", "Let its start say what matters."
    ),
    "preview-refused": Kind(
        _WARNING, "A tag is so long that a platform shows no preview, or not that tag.", "Shorten it."
    ),
    "card-missing": Kind(
        _WARNING, "An article's page names no picture, so links to it show none.", "Run `syndicate inject` on the site."
    ),
    "card-several": Kind(
        _WARNING,
        "A page names several pictures: some platforms show them side by side, others take any.",
        "Keep one og:image; `syndicate inject --replace` takes the others out.",
    ),
    "card-alt-missing": Kind(
        _WARNING, "The card has no text alternative: who does not see it is told nothing.", "Add og:image:alt."
    ),
    "card-misdeclared": Kind(
        _WARNING, "The tags give the card another size or type than its file has.", "Build, then inject again."
    ),
    "address-relative": Kind(
        _ERROR,
        "An address is relative where platforms and readers need a whole one.",
        "Write it with https:// and the host.",
    ),
    "address-insecure": Kind(
        _WARNING, "An address is served without TLS; platforms that ask for it show nothing.", "Serve it with https://."
    ),
    "address-local": Kind(
        _WARNING, "An address is one of this machine only; nobody else reaches it.", "Build with --base-url."
    ),
    # --- pictures
    "picture-heavy": Kind(_WARNING, "The card has more bytes than a platform takes.", "Save it smaller."),
    "picture-small": Kind(_WARNING, "The card has fewer pixels than a platform asks for.", "Make it 1200 x 630."),
    "picture-narrow": Kind(
        _WARNING, "The card is longer and narrower than a platform shows.", "Make it 1200 x 630 (1.91:1)."
    ),
    "picture-unread": Kind(
        _WARNING, "The card is in a format that a platform does not show.", "Save it as JPEG or PNG."
    ),
    "picture-mistyped": Kind(
        _ERROR, "A picture's bytes are not what its name says.", "Save it as what its ending says, or rename it."
    ),
    "card-listed-wrong": Kind(
        _ERROR, "cards.json says something of a card that its file does not bear out.", "Run `syndicate build`."
    ),
    # --- feeds
    "feed-invalid": Kind(
        _ERROR, "A feed breaks a rule of its format; some readers refuse it.", "Correct what writes the feed."
    ),
    "feed-doubtful": Kind(_WARNING, "A feed is valid, but not as readers need it.", "Correct what writes the feed."),
    "feed-id-twice": Kind(
        _ERROR, "Two entries of a feed have one id: readers show only one of them.", "Give each its own."
    ),
    "feed-order": Kind(
        _WARNING,
        "Entries are not newest first; readers that take the first few miss what is new.",
        "Order them by when they were published.",
    ),
    "feed-self-missing": Kind(
        _WARNING, "A feed does not say where it is served.", "Add a link with rel self (JSON Feed: feed_url)."
    ),
    "feed-mistyped": Kind(
        _ERROR, "Something calls a feed by the media type of another format.", "Name the type that it has."
    ),
    "published-unread": Kind(_WARNING, "A published file could not be judged.", "See what is wrong with it."),
}
