// Load what is shown again once a build has ended; say what went wrong, where one failed.
const said = document.getElementById("said");
const shown = document.getElementById("shown");
let known = null;

// After the #, the editing view names the page that it was called from.
const asked = () => {
  const page = new URL(location.hash.slice(1) || "/index.html", location.origin);
  return page.origin === location.origin ? page.pathname : "/index.html";
};

new EventSource("events").addEventListener("message", (event) => {
  const build = JSON.parse(event.data);
  if (build.number === known || build.number === 0) return;
  said.hidden = build.ok;
  said.classList.toggle("failed", !build.ok);
  said.textContent = build.ok ? "" : build.said || "The build failed.";
  document.title = build.ok ? "Preview" : "✗ Preview";
  // Where a reader is in the gallery, there they stay.
  if (known === null) shown.src = asked();
  else shown.contentWindow.location.reload();
  known = build.number;
});
