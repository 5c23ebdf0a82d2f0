import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { program } from './requirements.js';

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A folder to write pictures of every page to, for people to look at. */
const screenshots = process.env['HYMIO_SCREENSHOTS'];

export const SCREENS = { phone: { width: 320, height: 640 }, desktop: { width: 1280, height: 900 } } as const;
/** What a page must look right in. A zoom of 200 % on a desktop is a page of half its width. */
const LOOKS = [
  { name: 'phone', size: SCREENS.phone },
  { name: 'desktop', size: SCREENS.desktop },
] as const;

/** What reaches beyond the screen without being meant to scroll by itself. */
const TOO_WIDE = `[...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter((one) => one.closest('.scrolls') === null)
  .map((one) => one.outerHTML.slice(0, 200))`;

/** What axe need not describe: what it found right, and where a violation is beyond its markup. */
const VIOLATIONS_ALONE = { resultTypes: ['violations'], selectors: false };

interface Violation {
  id: string;
  help: string;
  nodes: { html: string }[];
}

/** A headless Chromium that asks nobody else anything. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? program('chromium'),
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** Opens an address in a window of its own; `act` has the page and closes it by ending. */
export async function withPage<T>(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await act(page);
  } finally {
    await context.close();
  }
}

/** The window of each browser in which pages are looked at, one after another: a new one costs half a second. */
const looking = new WeakMap<Browser, Promise<Page>>();

/** Opens an address in the window for looking, as somebody who has never been there. */
async function pageForLooking(browser: Browser, url: string): Promise<Page> {
  const opened = looking.get(browser) ?? browser.newContext().then((context) => context.newPage());
  looking.set(browser, opened);
  const page = await opened;
  await page.context().clearCookies();
  await page.setViewportSize(SCREENS.desktop);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  await page.goto(url);
  return page;
}

/** The language whose pages are looked at in every way: its words are the longest. */
const THOROUGH = 'fi';
/** What axe may find in the dark where it found nothing in the light. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/**
 * Expects that axe finds nothing at an address, on a phone and a desktop, light and dark, and that nothing is wider than
 * the screen; of a page in a language other than Finnish, which differs in words alone, axe sees the light phone.
 * Pictures are written where HYMIO_SCREENSHOTS names a folder. `prepare` brings the page into a state.
 */
export async function expectAccessible(
  browser: Browser,
  url: string,
  name: string,
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const page = await pageForLooking(browser, url);
  await prepare(page);
  // By way of the browser: the content security policy of the page, which holds here too, lets no script in but ours.
  await page.evaluate(axeScript);
  const thorough = (await page.evaluate('document.documentElement.lang')) === THOROUGH;
  for (const { name: look, size } of LOOKS) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const seen = `${name}-${look}-${colorScheme}`;
      if (screenshots) await page.screenshot({ path: join(screenshots, `${seen}.png`), fullPage: true });
      expect(await page.evaluate(TOO_WIDE), seen).toEqual([]);
      if (thorough || seen === `${name}-phone-light`) await expectClean(page, seen, colorScheme);
    }
  }
}

/**
 * Expects that nothing is wider than the screen; of a page that axe has seen in another language. `prepare` brings the page
 * into a state.
 */
export async function expectFits(
  browser: Browser,
  url: string,
  name: string,
  prepare: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const page = await pageForLooking(browser, url);
  await prepare(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  for (const { name: look, size } of LOOKS) {
    await page.setViewportSize(size);
    const seen = `${name}-${look}-light`;
    if (screenshots) await page.screenshot({ path: join(screenshots, `${seen}.png`), fullPage: true });
    expect(await page.evaluate(TOO_WIDE), seen).toEqual([]);
  }
}

async function expectClean(page: Page, look: string, colorScheme: 'light' | 'dark'): Promise<void> {
  const options = { ...(colorScheme === 'light' ? {} : { runOnly: OF_COLOUR }), ...VIOLATIONS_ALONE };
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as { violations: Violation[] };
  expect(violations.map(({ id, help, nodes }) => [look, id, help, nodes.map((node) => node.html)])).toEqual([]);
}
