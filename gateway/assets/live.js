// Keeps the overview up to date: an event says that something is new, and the page is fetched again, at most once a
// second. The server draws; nothing is counted here. Without this script the page works by its refresh link.
const EVENTS = '/api/v1/events';
const REGIONS = ['as-of', 'summary', 'terminals', 'points'];
const MIN_INTERVAL_MS = 1_000;
/** Silence of a terminal sends no event at once; the page is never older than this. */
const MAX_AGE_MS = 60_000;

const status = document.getElementById('live');
let fetchedAt = Date.now();
let timer;
let fetching = false;
let moreHappened = false;

function say(state) {
  const text = status.dataset[state] ?? '';
  if (status.textContent !== text) status.textContent = text;
  status.className = state;
}

function schedule(delayMs) {
  clearTimeout(timer);
  timer = setTimeout(refresh, delayMs);
}

function soon() {
  moreHappened = fetching;
  if (!fetching) schedule(Math.max(50, fetchedAt + MIN_INTERVAL_MS - Date.now()));
}

function replaceRegions(fresh) {
  for (const id of REGIONS) {
    const old = document.getElementById(id);
    const next = fresh.getElementById(id);
    if (old && next && old.innerHTML !== next.innerHTML) old.replaceChildren(...next.childNodes);
  }
}

async function refresh() {
  fetching = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    replaceRegions(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    say('on');
  } catch {
    say('off');
  } finally {
    fetching = false;
    fetchedAt = Date.now();
    schedule(moreHappened ? MIN_INTERVAL_MS : MAX_AGE_MS);
    moreHappened = false;
  }
}

const events = new EventSource(EVENTS);
events.addEventListener('open', () => {
  say('on');
  soon();
});
events.addEventListener('error', () => say('off'));
events.addEventListener('press', soon);
events.addEventListener('terminal', soon);
schedule(MAX_AGE_MS);
