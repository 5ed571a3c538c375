"""What happened, counted, in the words of Prometheus (exposition format 0.0.4): builds and webhooks."""

from dataclasses import dataclass, field

_HELP = {
    "syndicate_webhooks_total": ("counter", "Webhooks by sender and outcome."),
    "syndicate_builds_total": ("counter", "Builds by exit code; killed and overdue ones by that word."),
    "syndicate_pulls_failed_total": ("counter", "Times that git pull did not succeed before a build."),
    "syndicate_files_written_total": ("counter", "Files that builds touched."),
    "syndicate_build_seconds": ("summary", "How long builds took."),
    "syndicate_build_running": ("gauge", "Whether a build runs."),
    "syndicate_build_pending": ("gauge", "Whether another build waits for it."),
    "syndicate_last_build_timestamp_seconds": ("gauge", "When the last build ended."),
    "syndicate_articles": ("gauge", "Articles that the last build published."),
}


@dataclass(frozen=True, slots=True)
class Meters:
    """Counts by name and labels; what is counted comes from short lists, so they never grow beyond a page."""

    counts: dict[tuple[str, str], float] = field(default_factory=dict)

    def count(self, name: str, by: float = 1, **labels: str) -> None:
        """Add to a counter."""
        key = _key(name, labels)
        self.counts[key] = self.counts.get(key, 0) + by

    def set(self, name: str, value: float) -> None:
        """Set a gauge."""
        self.counts[_key(name, {})] = value

    def value(self, name: str, **labels: str) -> float:
        """Return what was counted so far."""
        return self.counts.get(_key(name, labels), 0)

    def page(self) -> str:
        """Everything, as a scraper reads it."""
        lines: list[str] = []
        for name, (kind, what) in _HELP.items():
            lines += [f"# HELP {name} {what}", f"# TYPE {name} {kind}"]
            found = sorted((key, value) for key, value in self.counts.items() if _family(key[0]) == name)
            lines += [f"{key[0]}{key[1]} {value:.15g}" for key, value in found]
        return "\n".join(lines) + "\n"


def _key(name: str, labels: dict[str, str]) -> tuple[str, str]:
    said = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
    return name, f"{{{said}}}" if said else ""


def _family(name: str) -> str:
    return name if name in _HELP else name.removesuffix("_sum").removesuffix("_count")
