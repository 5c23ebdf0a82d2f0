/** Something that the person at the keyboard has to mend: printed without a stack. */
export class SetUpError extends Error {
  /**
   * @param {string} message what is wrong and what to do
   * @param {'node' | 'install' | 'build'} stage where set-up stopped
   */
  constructor(message, stage) {
    super(message);
    this.name = 'SetUpError';
    this.stage = stage;
  }
}
