/** What is in an answer where an error, or a file, of the gateway's own has come out with it. */
export const WORDS_OF_INSIDE = /SqliteError|SQLITE_|node_modules|\bat \S+ \(|TypeError|RangeError|ENOENT|root:x:/;
