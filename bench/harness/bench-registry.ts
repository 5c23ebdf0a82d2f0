import type { RegistryFile } from '@hymio/gateway';

const TERMINALS_PER_POINT = 2;

/** Two terminals at each service point, all asking one question since `from` (ISO 8601); open on workdays from 8 to 16. */
export function benchRegistry(count: number, from: string, idOf: (index: number) => string): RegistryFile {
  const points = Math.ceil(count / TERMINALS_PER_POINT);
  const groups = Math.ceil(points / 20);
  const hours = ['08:00-16:00'];
  const numbers = (length: number): number[] => Array.from({ length }, (_, index) => index);
  return {
    groups: [
      { id: 'city', name: { en: 'City' } },
      ...numbers(groups).map((index) => ({ id: `group-${index}`, parent: 'city', name: { en: `Group ${index}` } })),
    ],
    servicePoints: numbers(points).map((index) => ({
      id: `point-${index}`,
      group: `group-${index % groups}`,
      name: { en: `Service point ${index}` },
      repeatWindowMs: 5_000,
      openingHours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
    })),
    questions: [
      { id: 'service', text: { fi: 'Miten palvelu sujui?', sv: 'Hur var servicen?', en: 'How was the service?' } },
    ],
    terminals: numbers(count).map((index) => ({ id: idOf(index), name: `Terminal ${index}` })),
    assignments: numbers(count).map((index) => ({
      terminal: idOf(index),
      servicePoint: `point-${index % points}`,
      question: 'service',
      from,
    })),
  };
}
