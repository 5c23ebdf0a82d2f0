// Loaded before a program: at its end it writes the files of all modules that were loaded into the file MODULES_FILE.
const { writeFileSync } = require('node:fs');
const Module = require('node:module');

process.on('exit', () => {
  writeFileSync(process.env.MODULES_FILE, Object.keys(Module._cache).join('\n'));
});
