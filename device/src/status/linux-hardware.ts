import { readFileSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import type { Hardware } from '@hymio/protocol';

/** What the machine tells of itself; what it does not tell is left out. */
export function readHardware(dataFolder: string): Hardware {
  const model = readText('/proc/device-tree/model') ?? readText('/sys/class/dmi/id/product_name');
  const milliCelsius = Number(readText('/sys/class/thermal/thermal_zone0/temp') ?? Number.NaN);
  const throttled = readText('/sys/devices/platform/soc/soc:firmware/get_throttled');
  const freeDiskBytes = freeDisk(dataFolder);
  return {
    ...(model ? { model } : {}),
    ...(Number.isFinite(milliCelsius) ? { cpuTemperatureCelsius: milliCelsius / 1000 } : {}),
    ...(throttled ? { throttled: Number.parseInt(throttled, 16) !== 0 } : {}),
    ...(freeDiskBytes === undefined ? {} : { freeDiskBytes }),
    freeMemoryBytes: freemem(),
  };
}

function freeDisk(folder: string): number | undefined {
  try {
    const stats = statfsSync(folder);
    return stats.bavail * stats.bsize;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', '').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
