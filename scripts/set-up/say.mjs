/** A line for the person at the keyboard. Standard output belongs to the program that set-up makes ready. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
