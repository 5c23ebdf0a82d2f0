import type { WeeklyReport } from './report-document.js';

/** `hymio-2026-W47-kallio-clinic.csv` */
export function reportFileName({ week, scope }: Pick<WeeklyReport, 'week' | 'scope'>, extension: string): string {
  return `hymio-${week}${scope.kind === 'organisation' ? '' : `-${scope.id}`}.${extension}`;
}
