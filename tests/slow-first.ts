import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The folders whose files take longest come first, so that no worker is left alone with one of them at the end. */
const FOLDERS = ['power', 'crash', 'browser', 'end-to-end', 'simulation', 'contracts', 'unit'];

export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) =>
      FOLDERS.findIndex((folder) => moduleId.includes(`/tests/${folder}/`));
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}
