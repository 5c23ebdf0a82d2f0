import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostileText } from '../support/hostile-text.js';
import { expectAccessible, expectFits, launchBrowser, SCREENS, withPage } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { SAMPLE_PASSWORD, SamplePeople } from '../support/sample-people.js';
import type { SampleSite } from '../support/sample-site.js';

const USERS = [
  { name: 'maija.virtanen@terveyspalvelut.example.org', displayName: 'Maija Virtanen-Korhonen', role: 'admin' },
  { name: 'katja', displayName: hostileText('name'), role: 'viewer', groups: ['health', 'social'] },
  { name: 'otso', displayName: 'Otso', role: 'staff', groups: ['health'] },
] as const;
const ADMIN = USERS[0].name;

describeWith(['chromium'], 'login, account and users in a browser', () => {
  let browser: Browser;
  let site: SampleSite;
  let sample: SamplePeople;
  let url = '';

  beforeAll(async () => {
    const users = USERS.map((user) => ('groups' in user ? { ...user, groups: [...user.groups] } : user));
    [{ site, sample }, browser] = await Promise.all([SamplePeople.site(users), launchBrowser()]);
    url = site.http.address.url;
    const subject = { issuer: 'https://id.example', subject: 's-1' };
    const aino = { ...subject, name: 'aino.aalto', displayName: 'Aino Aalto', role: 'staff' } as const;
    await sample.people.takeFromDirectory(aino, { who: 'aino.aalto', at: 0 });
  });
  afterAll(async () => {
    await browser?.close();
    sample?.stop();
    await site?.stop();
  });

  const idOf = (name: string) => sample.people.user(name)?.id ?? 0;
  /** Opens the page as the administrator, who has been logged in for a while. */
  const asAdmin = (path: string) => async (page: Page) => {
    await page.context().addCookies([{ name: 'hymio-session', value: await sample.login(ADMIN), url }]);
    await page.goto(url + path);
  };
  const addUser = async (page: Page, name: string) => {
    await page.getByLabel('Käyttäjätunnus').fill(name);
    await page.getByLabel('Nimi', { exact: true }).fill('Uusi Käyttäjä');
    await page.getByLabel('Rooli').selectOption('staff');
    await page.getByLabel('Koko organisaatio').check();
    await page.getByRole('button', { name: 'Lisää käyttäjä' }).click();
  };
  const link = (page: Page) => page.locator('.notice code').textContent();

  it('are accessible in Finnish, on a phone and a desktop, light and dark', async () => {
    await expectAccessible(browser, `${url}/login?lang=fi`, 'login-wrong-fi', async (page) => {
      await page.getByLabel('Käyttäjätunnus').fill('maija');
      await page.getByRole('button', { name: 'Kirjaudu sisään' }).click();
      await page.getByText('Käyttäjätunnus tai salasana on väärin.').first().waitFor();
    });
    const secret = await sample.link('otso');
    await expectAccessible(browser, `${url}/set-password/${secret}?lang=fi`, 'set-password-fi');
    await expectAccessible(browser, `${url}/login?lang=fi`, 'account-fi', asAdmin('/account'));
    await expectAccessible(browser, `${url}/login?lang=fi`, 'user-fi', asAdmin(`/admin/users/${idOf('katja')}`));
    await expectAccessible(browser, `${url}/login?lang=fi`, 'users-wrong-fi', async (page) => {
      await asAdmin('/admin/users')(page);
      await page.getByRole('button', { name: 'Lisää käyttäjä' }).click();
      await page.getByRole('alert').waitFor();
    });
  });

  it('are accessible where a second factor is set up, and where its code is asked for', async () => {
    await expectAccessible(browser, `${url}/login?lang=fi`, 'second-factor-fi', async (page) => {
      await asAdmin('/account')(page);
      await page.getByRole('link', { name: 'Ota kaksivaiheinen kirjautuminen käyttöön' }).click();
      await page.getByLabel('Nykyinen salasana').fill(SAMPLE_PASSWORD);
      await page.getByRole('button', { name: 'Ota kaksivaiheinen kirjautuminen käyttöön' }).click();
      await page.getByRole('textbox', { name: 'Koodi' }).fill('123');
      await page.getByRole('button', { name: 'Ota käyttöön' }).click();
      await page.getByRole('alert').waitFor();
    });
    const factor = { secret: 'A'.repeat(32), usedPeriod: 0, recovery: [] };
    await sample.people.setSecondFactor(idOf('katja'), factor, { who: 'katja', at: 0 });
    await expectAccessible(browser, `${url}/login?lang=fi`, 'second-step-fi', async (page) => {
      await page.getByLabel('Käyttäjätunnus').fill('katja');
      await page.getByLabel('Salasana').fill(SAMPLE_PASSWORD);
      await page.getByRole('button', { name: 'Kirjaudu sisään' }).click();
      await page.getByLabel('Koodi tai varakoodi').waitFor();
    });
  });

  it('fit with a link that has just been made, and of somebody of the directory', async () => {
    await expectFits(browser, `${url}/login?lang=fi`, 'users-link-fi', async (page) => {
      await asAdmin('/admin/users')(page);
      await addUser(page, 'uusi');
      expect(await link(page)).toMatch(/\/set-password\/[\w-]{43}$/);
    });
    const ofDirectory = `/admin/users/${idOf('aino.aalto')}`;
    await expectFits(browser, `${url}/login?lang=fi`, 'user-of-directory-fi', asAdmin(ofDirectory));
  });

  it('are accessible in Swedish and English', async () => {
    for (const lang of ['sv', 'en']) {
      await expectAccessible(browser, `${url}/login?lang=${lang}`, `login-${lang}`);
      for (const [path, name] of [
        ['/account', 'account'],
        ['/admin/users', 'users'],
        [`/admin/users/${idOf('katja')}`, 'user'],
      ] as const) {
        await expectAccessible(browser, `${url}/login?lang=${lang}`, `${name}-${lang}`, asAdmin(path));
      }
    }
  });

  it('are used by the keyboard alone: in, to the users, one more, and out', async () => {
    await withPage(browser, `${url}/admin/users`, { locale: 'fi', viewport: SCREENS.phone }, async (page) => {
      await tabTo(page, 'Käyttäjätunnus');
      await page.keyboard.type(ADMIN);
      await tabTo(page, 'Salasana');
      await page.keyboard.type(SAMPLE_PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL(`${url}/admin/users`);
      await tabTo(page, 'Käyttäjätunnus');
      await page.keyboard.type('nappi');
      await tabTo(page, 'Nimi');
      await page.keyboard.type('Nappi Näppäin');
      await tabTo(page, 'Koko organisaatio');
      await page.keyboard.press('Space');
      await tabTo(page, 'Lisää käyttäjä');
      await page.keyboard.press('Enter');
      await page.getByText('Anna tämä linkki käyttäjälle nappi').waitFor();
      expect(sample.people.user('nappi')).toMatchObject({ role: 'viewer', createdBy: ADMIN });
      await tabTo(page, 'Kirjaudu ulos');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${url}/login`);
    });
  });

  it('lead a new user in by the link, and never run what somebody is called', async () => {
    const address = await withPage(browser, `${url}/login`, { locale: 'fi', viewport: SCREENS.phone }, async (page) => {
      await asAdmin(`/admin/users/${idOf('katja')}`)(page);
      expect(await page.locator('.hymio-attack').count()).toBe(0);
      // Nor does it widen the page.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(SCREENS.phone.width);
      await asAdmin('/admin/users')(page);
      await addUser(page, 'toinen');
      expect(await page.locator('.hymio-attack').count()).toBe(0);
      expect(await page.getByRole('link', { name: '<img class=hymio-attack' }).count()).toBe(1);
      return (await link(page)) ?? '';
    });
    await withPage(browser, address, { locale: 'fi' }, async (page) => {
      await page.getByLabel(/salasana/i).fill('kolme kiveä kaivossa');
      await page.getByRole('button', { name: 'Aseta salasana' }).click();
      await page.getByRole('link', { name: 'Uusi Käyttäjä' }).waitFor();
      expect(await page.getByRole('link', { name: 'Hallinta' }).count()).toBe(0);
    });
  });
});

/** Presses Tab until what has this name has the focus, and is marked as such. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = `(() => {
    const one = document.activeElement;
    return (one.labels?.[0]?.textContent ?? one.textContent).trim();
  })()`;
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(focused)) !== name) continue;
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
    return;
  }
  expect.fail(`the keyboard does not reach ${name}`);
}
