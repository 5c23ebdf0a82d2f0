import type { PublicBlock } from '../../public/public-block.js';
import type { PublicSetting } from '../../public/public-setting.js';
import type { Db } from './database.js';

/** By service point. */
export function readPublicSettings(db: Db): PublicSetting[] {
  return db
    .prepare<[], { setting: string }>('SELECT setting FROM public_settings ORDER BY service_point')
    .all()
    .map(({ setting }) => JSON.parse(setting));
}

export function savePublicSetting(db: Db, setting: PublicSetting): void {
  db.prepare('INSERT OR REPLACE INTO public_settings (service_point, setting) VALUES (?, ?)').run(
    setting.servicePoint,
    JSON.stringify(setting),
  );
}

export function deletePublicSetting(db: Db, servicePoint: string): void {
  db.prepare('DELETE FROM public_settings WHERE service_point = ?').run(servicePoint);
}

interface Row {
  servicePoint: string;
  from: number;
  to: number;
  c0: number;
  c1: number;
  c2: number;
  c3: number;
}

/** Those that begin at `from` or later, by time. */
export function readPublicBlocks(
  db: Db,
  { servicePoint, from }: { servicePoint: string; from: number },
): PublicBlock[] {
  return db
    .prepare<[string, number], Row>(
      `SELECT service_point AS servicePoint, from_at AS "from", to_at AS "to", c0, c1, c2, c3 FROM public_blocks
       WHERE service_point = ? AND from_at >= ? ORDER BY from_at`,
    )
    .all(servicePoint, from)
    .map(({ c0, c1, c2, c3, ...row }) => ({ ...row, ratings: [c0, c1, c2, c3] }));
}

/** Not where it overlaps one that is there. */
export function savePublicBlock(db: Db, { servicePoint, from, to, ratings }: PublicBlock): void {
  db.prepare(
    `INSERT INTO public_blocks (service_point, from_at, to_at, c0, c1, c2, c3) SELECT @servicePoint, @from, @to, @c0, @c1,
     @c2, @c3 WHERE NOT EXISTS (SELECT 1 FROM public_blocks
     WHERE service_point = @servicePoint AND from_at < @to AND to_at > @from)`,
  ).run({ servicePoint, from, to, c0: ratings[0], c1: ratings[1], c2: ratings[2], c3: ratings[3] });
}
