import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { closeDueBlocks, type MemoryStore } from '@hymio/gateway';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, withPage } from '../support/page-browser.js';
import { publicSampleStore, SHOW_ALL } from '../support/public-sample.js';
import { describeWith } from '../support/requirements.js';
import { SAMPLE_NOW, SAMPLE_ZONE } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';
import { until } from '../support/until.js';

const screenshots = process.env['HYMIO_SCREENSHOTS'];
const POINT = '/public/kallio-clinic';
const LOBBY = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
} as const;
const LANGUAGES = ['fi', 'sv', 'en'] as const;

describeWith(['chromium'], 'the public view in a browser', () => {
  let store: MemoryStore;
  let http: TestHttpServer;
  let browser: Browser;
  /** Somebody else's site, which embeds the widget. */
  let site: Server;
  let siteUrl: string;

  beforeAll(async () => {
    store = await publicSampleStore();
    site = createServer((request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      const query = request.url?.split('?')[1] ?? '';
      response.end(
        `<!doctype html><html lang="fi"><title>Kunta</title><body style="background: rgb(200, 220, 255)"><h1>Kunta</h1>
         <iframe src="${http.address.url}${POINT}/widget?${query}" title="Asiakaspalaute" width="340" height="260"></iframe>`,
      );
    });
    const by = { who: 'Aino', at: SAMPLE_NOW };
    await store.putPublicSetting({ servicePoint: 'itakeskus-centre', enabled: true, show: SHOW_ALL }, by);
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const address = site.address();
    siteUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    http = await startTestHttpServer(store, { publicViews: { frameAncestors: [siteUrl], index: false } });
    for (const place of ['kallio-clinic', 'malmi-office']) {
      await closeDueBlocks(store, place, { now: SAMPLE_NOW, zone: SAMPLE_ZONE });
    }
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await http?.server.stop();
    site?.close();
  });

  it.each(['', '/screen', '/widget'].flatMap((page) => LANGUAGES.map((language) => [page, language] as const)))(
    'axe finds nothing on %s in %s, and nothing is wider than the screen',
    async (page, language) => {
      const name = `public${page.replace('/', '-')}-${language}`;
      await expectAccessible(browser, `${http.address.url}${POINT}${page}?lang=${language}`, name);
    },
  );

  it.each([
    ['public-bounds', '/public/itakeskus-centre?lang=fi'],
    ['public-widget-bounds', '/public/itakeskus-centre/widget?lang=en'],
    ['public-few', '/public/malmi-office?lang=sv'],
    ['public-missing', '/public/nowhere?lang=en'],
    ['public-turns', `${POINT}/screen`],
    ['public-setting', '/admin/service-points/kallio-clinic/public?lang=fi'],
    ['public-setting-off', '/admin/service-points/quiet-library/public?lang=sv'],
  ])('axe finds nothing on %s', async (name, path) => {
    await expectAccessible(browser, `${http.address.url}${path}`, name);
  });

  it.each(
    Object.entries(LOBBY).flatMap(([name, size]) =>
      LANGUAGES.flatMap((language) =>
        (['kallio-clinic', 'itakeskus-centre'] as const).map((place) => [name, language, place, size] as const),
      ),
    ),
  )(
    'fills a %s lobby screen in %s with %s, nothing cut off, with type that is read from afar',
    async (name, language, place, size) => {
      await withPage(
        browser,
        `${http.address.url}/public/${place}/screen?lang=${language}`,
        { viewport: size },
        async (page) => {
          await picture(page, `lobby-${name}-${language}-${place}`);
          const overflow = await page.evaluate(
            '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
          );
          expect(overflow).toEqual([size.width, size.height]);
          const heights = await sizesOf(page);
          // At three metres a letter needs about 1 cm; a 43-inch screen has about 20 pixels a centimetre.
          expect(Math.min(...heights.all)).toBeGreaterThanOrEqual(28);
          expect(heights.share).toBeGreaterThanOrEqual(90);
        },
      );
    },
  );

  it('turns through the languages without JavaScript, and shows all at once to who wants no movement', async () => {
    const url = `${http.address.url}${POINT}/screen`;
    const shown = (page: Page) =>
      page.evaluate(
        `[...document.querySelectorAll('[data-region]')].filter((one) => getComputedStyle(one).visibility === 'visible').map((one) => one.lang)`,
      );
    await withPage(
      browser,
      url,
      { viewport: LOBBY.landscape, javaScriptEnabled: false, locale: 'sv-FI' },
      async (page) => {
        const seen: unknown[] = [];
        for (const at of [0, 9_900, 10_100, 19_900, 20_100, 29_900, 30_100]) {
          await setAnimationTime(page, at);
          seen.push(await shown(page));
        }
        expect(seen).toEqual([['sv'], ['sv'], ['fi'], ['fi'], ['en'], ['en'], ['sv']]);
      },
    );
    const still = { viewport: LOBBY.landscape, reducedMotion: 'reduce', locale: 'fi-FI' } as const;
    await withPage(browser, url, still, async (page) => {
      await picture(page, 'lobby-still');
      expect(await shown(page)).toEqual(['fi', 'sv', 'en']);
    });
  });

  it('keeps the last result on the screen where the network is gone, and goes on when it is back', async () => {
    const context = await browser.newContext({ viewport: LOBBY.landscape });
    try {
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(`${http.address.url}${POINT}/screen?lang=fi`);
      const before = await page.textContent('main');
      await context.setOffline(true);
      await page.clock.runFor(180_000);
      expect(await page.textContent('main')).toBe(before);
      await context.setOffline(false);
      await store.putStaffNote(
        { servicePoint: 'kallio-clinic', kind: 'changed', from: SAMPLE_NOW - 1, text: { fi: 'Uusi penkki.' } },
        { who: 'Aino', at: SAMPLE_NOW },
      );
      // When the browser takes its network for back is the browser's affair; from then on it is a matter of a minute.
      await until(
        'the browser is back in the network',
        async () => page.evaluate('navigator.onLine'),
        (online) => online === true,
      );
      const answered = page.waitForResponse((response) => response.url().includes('/screen') && response.ok());
      await page.clock.runFor(61_000);
      await answered;
      await page.waitForSelector('text=Uusi penkki.');
    } finally {
      await context.close();
    }
  });

  it('stands in a frame of a site that may embed it, transparent where wanted, and in no other', async () => {
    for (const query of [
      'lang=sv',
      'lang=sv&background=transparent',
      'lang=sv&theme=dark&background=transparent',
      'lang=sv&theme=dark',
    ]) {
      await withPage(browser, `${siteUrl}/?${query}`, { colorScheme: 'dark' }, async (page) => {
        const frame = page.frameLocator('iframe');
        expect(await frame.locator('h1').textContent()).toBe('Berghälls hälsostation');
        const fits = await frame.locator('html').evaluate((one) => one.scrollHeight <= one.clientHeight);
        expect(fits, query).toBe(true);
        // Painted, and put together with the page around it: the frame is drawn by a process of its own.
        await frame.locator('html').evaluate(TWO_FRAMES);
        await page.evaluate(TWO_FRAMES);
        await picture(page, `widget-${query.replaceAll(/\W/g, '-')}`);
        const ground = [200, 220, 255];
        const transparent = query.includes('transparent');
        expect(isDeepStrictEqual(await colourAt(page, 330, 300), ground), query).toBe(transparent);
      });
    }
    await withPage(browser, siteUrl.replace('127.0.0.1', 'localhost'), {}, async (page) => {
      // The browser shows an error of its own instead.
      await page.frames().at(-1)?.waitForURL('chrome-error://chromewebdata/');
      expect(await page.frameLocator('iframe').locator('.share').count()).toBe(0);
    });
  });
});

/** Resolves once what changed before has been drawn. */
const TWO_FRAMES = 'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))';

async function picture(page: Page, name: string): Promise<void> {
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Red, green and blue as they are seen at a point of a page without a content security policy. */
async function colourAt(page: Page, x: number, y: number): Promise<number[]> {
  const picture = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
  const data = JSON.stringify(`data:image/png;base64,${picture.toString('base64')}`);
  return (await page.evaluate(`(async () => {
    const image = new Image();
    image.src = ${data};
    await image.decode();
    const drawing = document.createElement('canvas').getContext('2d');
    drawing.drawImage(image, 0, 0);
    return [...drawing.getImageData(0, 0, 1, 1).data].slice(0, 3);
  })()`)) as number[];
}

/** Heights of all visible text, and of the large number, in pixels of the font. */
async function sizesOf(page: Page): Promise<{ all: number[]; share: number }> {
  return (await page.evaluate(`({
    all: [...document.querySelectorAll('main *')]
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
      .filter((one) => one.closest('.hidden') === null)
      .map((one) => parseFloat(getComputedStyle(one).fontSize)),
    share: parseFloat(getComputedStyle(document.querySelector('.share strong')).fontSize),
  })`)) as { all: number[]; share: number };
}

/** Puts every animation of the page at a moment. */
async function setAnimationTime(page: Page, atMs: number): Promise<void> {
  await page.evaluate(`document.getAnimations().forEach((one) => { one.pause(); one.currentTime = ${atMs}; })`);
}
