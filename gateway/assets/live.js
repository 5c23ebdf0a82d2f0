// Keeps a page up to date: the server sends the regions that changed, drawn; nothing is counted here. Without this script
// the page works by its refresh link.
const status = document.getElementById('live');
const regions = [...document.querySelectorAll('[data-live]')];
const RECONNECT_MS = { least: 5_000, spread: 10_000 };

function say(state) {
  const text = status?.dataset[state] ?? '';
  if (status && status.textContent !== text) status.textContent = text;
  if (status) status.className = state;
}

/** What has the focus in a region, so that the same thing can have it again in the new content. */
function focusIn(region) {
  const active = document.activeElement;
  if (!active || active === region || !region.contains(active)) return undefined;
  if (active.id) return () => document.getElementById(active.id);
  const tag = active.tagName;
  const alike = (one) => one.tagName === tag && one.getAttribute('href') === active.getAttribute('href');
  const place = [...region.querySelectorAll(tag)].filter(alike).indexOf(active);
  return () => [...region.querySelectorAll(tag)].filter(alike)[place];
}

function replaceRegion({ id, version, html }) {
  const region = document.getElementById(id);
  if (!region || region.dataset.live === version) return;
  const focused = focusIn(region);
  const open = [...region.querySelectorAll('details[open][id]')].map((one) => one.id);
  const template = document.createElement('template');
  template.innerHTML = html;
  region.replaceChildren(template.content);
  region.dataset.live = version;
  for (const one of open) document.getElementById(one)?.setAttribute('open', '');
  focused?.()?.focus({ preventScroll: true });
}

function connect() {
  const page = encodeURIComponent(location.pathname + location.search);
  const seen = encodeURIComponent(regions.map((one) => `${one.id}.${one.dataset.live}`).join());
  const stream = new EventSource(`/live?page=${page}&seen=${seen}`);
  stream.addEventListener('open', () => say('on'));
  stream.addEventListener('region', (event) => replaceRegion(JSON.parse(event.data)));
  stream.addEventListener('error', () => {
    say('off');
    // The browser tries again by itself, except after an answer that was no stream.
    if (stream.readyState !== EventSource.CLOSED) return;
    setTimeout(connect, RECONNECT_MS.least + Math.random() * RECONNECT_MS.spread);
  });
}

if (regions.length > 0) connect();
