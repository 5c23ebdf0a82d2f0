import fc from 'fast-check';

const EVERY_RUN = 20_261_126;

/**
 * Properties are tried with the same input in every run of `npm test`, so that a run says the same of the same code.
 * `npm run fuzz` gives a seed of its own, to all of them.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env['HYMIO_FUZZ_SEED'] ?? EVERY_RUN) });
