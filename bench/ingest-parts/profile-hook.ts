import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into a program (`--import`): the first SIGUSR2 begins a profile of its main thread, the second one writes it into
 * the file that HYMIO_PROFILE names. It says `profile begun` and `profile written` on standard error.
 */
const file = process.env['HYMIO_PROFILE'];
if (file !== undefined && isMainThread) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  process.once('SIGUSR2', () => {
    process.once('SIGUSR2', () => {
      session.post('Profiler.stop', (error, answer) => {
        if (error) throw error;
        writeFileSync(file, JSON.stringify(answer.profile));
        process.stderr.write('profile written\n');
      });
    });
    session.post('Profiler.start', () => process.stderr.write('profile begun\n'));
  });
}
