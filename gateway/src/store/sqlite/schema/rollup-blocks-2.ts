/**
 * The rollups once more by six hours of UTC, so that a sum over weeks reads hundreds of rows instead of tens of thousands.
 * Triggers keep it: whatever writes rollups, in whichever way, cannot leave it behind. It leads with the time, so that
 * presses of now share a page.
 */
export const ROLLUP_BLOCKS_2 = `
CREATE TABLE rollup_blocks (
  start INTEGER NOT NULL, service_point INTEGER NOT NULL, terminal INTEGER NOT NULL,
  c0 INTEGER NOT NULL, c1 INTEGER NOT NULL, c2 INTEGER NOT NULL, c3 INTEGER NOT NULL,
  repeats INTEGER NOT NULL, estimated INTEGER NOT NULL, excluded INTEGER NOT NULL,
  PRIMARY KEY (start, service_point, terminal)
) STRICT, WITHOUT ROWID;
INSERT INTO rollup_blocks SELECT start - start % 21600000, service_point, terminal,
  sum(c0), sum(c1), sum(c2), sum(c3), sum(repeats), sum(estimated), sum(excluded) FROM rollups GROUP BY 1, 2, 3;
CREATE TRIGGER rollups_inserted AFTER INSERT ON rollups BEGIN
  INSERT INTO rollup_blocks VALUES (NEW.start - NEW.start % 21600000, NEW.service_point, NEW.terminal,
    NEW.c0, NEW.c1, NEW.c2, NEW.c3, NEW.repeats, NEW.estimated, NEW.excluded)
  ON CONFLICT DO UPDATE SET c0 = c0 + NEW.c0, c1 = c1 + NEW.c1, c2 = c2 + NEW.c2, c3 = c3 + NEW.c3,
    repeats = repeats + NEW.repeats, estimated = estimated + NEW.estimated, excluded = rollup_blocks.excluded + NEW.excluded;
END;
CREATE TRIGGER rollups_updated AFTER UPDATE ON rollups BEGIN
  UPDATE rollup_blocks SET c0 = c0 + NEW.c0 - OLD.c0, c1 = c1 + NEW.c1 - OLD.c1, c2 = c2 + NEW.c2 - OLD.c2,
    c3 = c3 + NEW.c3 - OLD.c3, repeats = repeats + NEW.repeats - OLD.repeats,
    estimated = estimated + NEW.estimated - OLD.estimated, excluded = excluded + NEW.excluded - OLD.excluded
  WHERE start = NEW.start - NEW.start % 21600000 AND service_point = NEW.service_point AND terminal = NEW.terminal;
END;
CREATE TRIGGER rollups_deleted AFTER DELETE ON rollups BEGIN
  UPDATE rollup_blocks SET c0 = c0 - OLD.c0, c1 = c1 - OLD.c1, c2 = c2 - OLD.c2, c3 = c3 - OLD.c3,
    repeats = repeats - OLD.repeats, estimated = estimated - OLD.estimated, excluded = excluded - OLD.excluded
  WHERE start = OLD.start - OLD.start % 21600000 AND service_point = OLD.service_point AND terminal = OLD.terminal;
END;
`;
