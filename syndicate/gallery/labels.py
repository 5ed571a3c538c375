"""What the gallery's tools say: filters, sheets, captions and taking away, in the languages of ``words``."""

from dataclasses import dataclass

from syndicate.gallery.words import words_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One language of the tools. ``{n}`` and ``{limit}`` stand for numbers; ``keys`` pairs keys with what they do."""

    open: str
    back: str
    sizes: str
    caption: str
    network: str
    counted: str
    uncounted: str
    over: str
    copy_caption: str
    hashtags: str
    copy_hashtags: str
    link: str
    campaign: str
    plain: str
    social: str
    newsletter: str
    paid: str
    embed: str
    head: str
    copy_image: str
    share: str
    take_all: str
    links: str
    whole_month: str
    previews: str
    light: str
    dark: str
    again: str
    sources: str
    untagged: str
    changed: str
    filters: str
    tag: str
    language: str
    section: str
    month: str
    since: str
    until: str
    fresh: str
    any: str
    take: str
    pick: str
    unpick: str
    found: str
    picked: str
    working: str
    blocked: str
    help: str
    keys: tuple[str, ...]
    close: str


_ENGLISH = Labels(
    open="Previews and captions",
    back="All articles",
    sizes="Sizes",
    caption="Caption",
    network="Network",
    counted="{n} of {limit}",
    uncounted="{n} characters",
    over="{n} of {limit}: too long",
    copy_caption="Copy caption",
    hashtags="Hashtags",
    copy_hashtags="Copy hashtags",
    link="Link",
    campaign="Campaign",
    plain="As it is",
    social="Post (UTM)",
    newsletter="Newsletter (UTM)",
    paid="Advertisement (UTM)",
    embed="Embed code",
    head="Head tags",
    copy_image="Copy picture",
    share="Share",
    take_all="All as ZIP",
    links="For links, on every network",
    whole_month="All articles of this month",
    previews="How networks show it",
    light="Light",
    dark="Dark",
    again="Refresh the preview",
    sources="Where these rules come from",
    untagged="No head tags are published for this site, so networks have none to show.",
    changed="The card has changed since you last took it here. Networks that know the page may still show the old one.",
    filters="Filters",
    tag="Tag",
    language="Language",
    section="Section",
    month="Month",
    since="From",
    until="Until",
    fresh="Changed since your last visit",
    any="All",
    take="Take away",
    pick="Select",
    unpick="Clear selection",
    found="{n} found",
    picked="{n} selected",
    working="{n} of {limit} files",
    blocked="A page opened from a folder may not read files. Take them one by one:",
    help="Keyboard",
    keys=("/ : search", "← → : other articles", "d : download", "c : copy caption", "? : this help"),
    close="Close",
)
_FRENCH = Labels(
    open="Aperçus et légendes",
    back="Tous les articles",
    sizes="Formats",
    caption="Légende",
    network="Réseau",
    counted="{n} sur {limit}",
    uncounted="{n} caractères",
    over="{n} sur {limit}\u00a0: trop long",
    copy_caption="Copier la légende",
    hashtags="Mots-dièse",
    copy_hashtags="Copier les mots-dièse",
    link="Lien",
    campaign="Campagne",
    plain="Tel quel",
    social="Publication (UTM)",
    newsletter="Lettre d’information (UTM)",
    paid="Publicité (UTM)",
    embed="Code d’intégration",
    head="Balises d’en-tête",
    copy_image="Copier l’image",
    share="Partager",
    take_all="Tout en ZIP",
    links="Pour les liens, sur tous les réseaux",
    whole_month="Tous les articles de ce mois",
    previews="Ce que montrent les réseaux",
    light="Clair",
    dark="Sombre",
    again="Faire relire la page",
    sources="D’où viennent ces règles",
    untagged="Ce site ne publie pas de balises d’en-tête\u00a0: les réseaux n’ont rien à montrer.",
    changed="La carte a changé depuis que vous l’avez prise ici. Les réseaux qui connaissent la page peuvent encore"
    " montrer l’ancienne.",
    filters="Filtres",
    tag="Étiquette",
    language="Langue",
    section="Rubrique",
    month="Mois",
    since="Du",
    until="Au",
    fresh="Modifiés depuis votre dernière visite",
    any="Tous",
    take="Emporter",
    pick="Choisir",
    unpick="Vider le choix",
    found="Résultats\u00a0: {n}",
    picked="Choix\u00a0: {n}",
    working="{n} fichiers sur {limit}",
    blocked="Une page ouverte depuis un dossier ne peut pas lire de fichiers. Prenez-les un à un\u00a0:",
    help="Clavier",
    keys=(
        "/ : chercher",
        "← → : autres articles",
        "d : télécharger",
        "c : copier la légende",
        "? : cette aide",
    ),
    close="Fermer",
)


def labels_for(language: str) -> Labels:
    """Return the tools' words in a language given as a BCP 47 tag, in English where it is not spoken here."""
    return _FRENCH if words_for(language).language == "fr" else _ENGLISH
