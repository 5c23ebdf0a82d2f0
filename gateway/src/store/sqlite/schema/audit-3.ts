/** The log of changes carries the hash of each entry over the one before, in hex. */
export const AUDIT_3 = `
ALTER TABLE registry_log ADD COLUMN hash TEXT NOT NULL DEFAULT '';
`;

/**
 * Nothing but the next entry can be written, whatever the program does: comes once the entries there are have been chained.
 * A REPLACE would delete without the trigger of a DELETE, hence the number.
 */
export const AUDIT_GUARD_3 = `
CREATE TRIGGER registry_log_in_order BEFORE INSERT ON registry_log
WHEN NEW.id IS NOT (SELECT ifnull(max(id), 0) + 1 FROM registry_log) BEGIN
  SELECT RAISE(ABORT, 'the log of changes is only added to');
END;
CREATE TRIGGER registry_log_unchanged BEFORE UPDATE ON registry_log BEGIN
  SELECT RAISE(ABORT, 'the log of changes is only added to');
END;
CREATE TRIGGER registry_log_kept BEFORE DELETE ON registry_log BEGIN
  SELECT RAISE(ABORT, 'the log of changes is only added to');
END;
`;
