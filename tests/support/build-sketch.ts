import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian's arduino-core-avr has its sources. */
const CORE = '/usr/share/arduino/hardware/arduino/avr';
/** Of the core, what a sketch without strings, tones and USB needs. */
const SOURCES = /^(wiring|wiring_digital|wiring_analog|hooks|main|HardwareSerial0?|Print|abi|new)\.(c|cpp)$/;

export const SKETCH_PROGRAMS = ['avr-g++', 'avr-objcopy'] as const;

/** True where sketches can be compiled: Debian's `gcc-avr`, `avr-libc` and `arduino-core-avr`. */
export function hasArduinoCore(): boolean {
  return existsSync(join(CORE, 'cores/arduino/Arduino.h'));
}

/** Compiles a sketch for the Arduino Uno, any warning in it being a failure; gives the program's bytes. */
export function buildSketch(file: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'hymio-sketch-'));
  try {
    const core = join(CORE, 'cores/arduino');
    const includes = [core, join(CORE, 'variants/standard'), join(CORE, 'libraries/EEPROM/src')].map(
      (path) => `-I${path}`,
    );
    const target = ['-mmcu=atmega328p', '-DF_CPU=16000000L', '-DARDUINO=10819', '-DARDUINO_ARCH_AVR', '-Os'];
    const sketch = join(folder, 'sketch.cpp');
    writeFileSync(sketch, `#include <Arduino.h>\n#line 1 "${file}"\n${readFileSync(file, 'utf8')}`);
    const compile = (source: string, name: string, ...flags: string[]): string => {
      const object = join(folder, `${name}.o`);
      const cpp = source.endsWith('.cpp') ? ['-std=gnu++11', '-fno-exceptions', '-fno-threadsafe-statics'] : [];
      run(
        'avr-g++',
        '-ffunction-sections',
        ...target,
        ...cpp,
        ...flags,
        ...includes,
        ...language(source),
        '-c',
        source,
        '-o',
        object,
      );
      return object;
    };
    const objects = readdirSync(core)
      .filter((name) => SOURCES.test(name))
      .map((name) => compile(join(core, name), name, '-w'));
    objects.push(compile(sketch, 'sketch', '-Wall', '-Wextra', '-Werror'));
    const [elf, bytes] = [join(folder, 'sketch.elf'), join(folder, 'sketch.bin')];
    run('avr-g++', ...target, '-Wl,--gc-sections', ...objects, '-o', elf);
    run('avr-objcopy', '-O', 'binary', '-R', '.eeprom', elf, bytes);
    return readFileSync(bytes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function language(source: string): string[] {
  return source.endsWith('.c') ? ['-x', 'c', '-std=gnu11'] : [];
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
