import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DurableFiles, IdentityFile, NODE_FILES } from '@hymio/device';
import { SimulatedFiles, seededRandom } from '@hymio/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryFolder } from '../support/memory-folder.js';

interface Kind {
  name: string;
  open: () => { files: DurableFiles; folder: string };
}

const made: string[] = [];
const KINDS: readonly Kind[] = [
  {
    name: 'the files of this computer',
    open: () => {
      const folder = memoryFolder('hymio-durable-');
      made.push(folder);
      return { files: NODE_FILES, folder };
    },
  },
  { name: 'the files of the simulation', open: () => ({ files: new SimulatedFiles(), folder: 'data' }) },
];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe.each(KINDS)('$name', ({ open }) => {
  function put({ files, folder }: ReturnType<Kind['open']>, name: string, content: string): string {
    const file = join(folder, name);
    const handle = files.create(file);
    files.write(handle, content);
    files.sync(handle);
    files.close(handle);
    return file;
  }

  it('have nothing to read where there is no file', () => {
    const { files, folder } = open();
    expect(files.read(join(folder, 'none'))).toBeUndefined();
  });

  it('give back what was written, piece by piece', () => {
    const { files, folder } = open();
    const file = join(folder, 'one');
    const handle = files.create(file);
    files.write(handle, 'Ä');
    files.write(handle, 'iti');
    files.close(handle);
    expect(files.read(file)?.toString()).toBe('Äiti');
  });

  it('make no file where there is one', () => {
    const place = open();
    const file = put(place, 'one', 'first');
    expect(() => place.files.create(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect(place.files.read(file)?.toString()).toBe('first');
  });

  it('put a renamed file in the place of another', () => {
    const place = open();
    const [one, two] = [put(place, 'one', 'first'), put(place, 'two', 'second')];
    place.files.rename(two, one);
    place.files.syncFolder(place.folder);
    expect(place.files.read(one)?.toString()).toBe('second');
    expect(place.files.read(two)).toBeUndefined();
    expect(() => place.files.rename(two, one)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it('remove a file, and do nothing where there is none', () => {
    const place = open();
    const file = put(place, 'one', 'first');
    place.files.remove(file);
    place.files.remove(file);
    expect(place.files.read(file)).toBeUndefined();
    expect(() => put(place, 'one', 'again')).not.toThrow();
  });

  it('make a folder that is there already no other', () => {
    const { files, folder } = open();
    files.makeFolder(folder);
    files.makeFolder(folder);
    if (files === NODE_FILES) expect(() => mkdirSync(folder)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect(files.read(join(folder, 'none'))).toBeUndefined();
  });

  it('know no handle that was closed', () => {
    const { files, folder } = open();
    const handle = files.create(join(folder, 'one'));
    files.close(handle);
    expect(() => files.write(handle, 'late')).toThrow(expect.objectContaining({ code: 'EBADF' }));
  });

  it('keep an identity file: a key that waits is the next one, unless its certificate has come', () => {
    const { files, folder } = open();
    const file = new IdentityFile(folder, files);
    const pem = () => file.nextKey().export({ type: 'pkcs8', format: 'pem' }).toString();
    const first = pem();
    expect(pem()).toBe(first);
    expect(file.nextKey(first).export({ type: 'pkcs8', format: 'pem' }).toString()).not.toBe(first);
    const identity = { gateway: 'https://gateway', key: pem(), certificate: 'certificate', authority: 'authority' };
    file.write(identity);
    expect(file.read()).toEqual(identity);
    expect(pem()).not.toBe(identity.key);
  });
});

describe('a power cut in the simulation', () => {
  /** What there is after cuts that were unlucky in every way. */
  function contents(work: (files: SimulatedFiles) => void): Set<string | undefined> {
    const found = new Set<string | undefined>();
    for (let seed = 1; seed <= 200; seed += 1) {
      const files = new SimulatedFiles();
      work(files);
      files.losePower(seededRandom(seed));
      found.add(files.read('file')?.toString());
    }
    return found;
  }

  it('leaves all, a part or nothing of what was not flushed', () => {
    const found = contents((files) => files.write(files.create('file'), 'four'));
    expect(found).toEqual(new Set([undefined, '', 'fo', 'four']));
  });

  it('leaves what was flushed, by name and content', () => {
    const found = contents((files) => {
      const handle = files.create('file');
      files.write(handle, 'four');
      files.sync(handle);
      files.syncFolder('');
    });
    expect(found).toEqual(new Set(['four']));
  });

  it('leaves the old or the new where one is put in the place of the other', () => {
    const found = contents((files) => {
      for (const text of ['old', 'new']) {
        const handle = files.create('fresh');
        files.write(handle, text);
        files.sync(handle);
        files.rename('fresh', 'file');
        if (text === 'old') files.syncFolder('');
      }
    });
    expect(found).toEqual(new Set(['old', 'new']));
  });
});
