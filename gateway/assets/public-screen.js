// Keeps a lobby screen up to date. Where the network or the gateway is gone, the last result stays.
const EVERY_MS = 60_000;

async function refresh() {
  const response = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(EVERY_MS / 2) });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (styleOf(fresh) !== styleOf(document)) {
    // The gateway has been updated.
    location.reload();
    return;
  }
  const regions = [...fresh.querySelectorAll('[data-region]')];
  if (regions.length !== document.querySelectorAll('[data-region]').length) return;
  for (const region of regions) {
    const shown = document.querySelector(`[data-region="${region.dataset.region}"]`);
    // Only what has changed, so that the turns of the languages go on.
    if (shown !== null && shown.innerHTML !== region.innerHTML) shown.replaceChildren(...region.childNodes);
  }
}

function styleOf(page) {
  return page.querySelector('link[rel="stylesheet"]')?.getAttribute('href');
}

setInterval(() => {
  refresh().catch((error) => console.warn('not refreshed; the last result stays', error));
}, EVERY_MS);
