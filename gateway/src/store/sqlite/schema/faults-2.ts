/** When terminals said that they had faults, UTC ms; `open`: the newest status of the terminal has the fault. */
export const FAULTS_2 = `
CREATE TABLE fault_spans (
  terminal INTEGER NOT NULL, from_at INTEGER NOT NULL, code TEXT NOT NULL, to_at INTEGER NOT NULL,
  open INTEGER NOT NULL, PRIMARY KEY (terminal, from_at, code)
) STRICT, WITHOUT ROWID;
`;
