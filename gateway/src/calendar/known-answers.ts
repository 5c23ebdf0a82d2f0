/** Answers of a pure function that are asked for again and again, by a text that stands for the question. */
export class KnownAnswers<Answer> {
  readonly #most: number;
  readonly #answers = new Map<string, Answer>();

  /** `most`: so many are kept, those asked for last. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The same object for each who asks: not to be changed. */
  get(question: string, work: () => Answer): Answer {
    const known = this.#answers.get(question);
    const answer = known ?? work();
    if (known !== undefined) this.#answers.delete(question);
    this.#answers.set(question, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= this.#most) break;
      this.#answers.delete(oldest);
    }
    return answer;
  }
}
