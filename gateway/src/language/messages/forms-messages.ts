/** What forms say on every page. */
export interface FormsMessages {
  save: string;
  cancel: string;
  notSaved: string;
  saved: string;
  yourName: string;
  yourNameHint: string;
  optional: string;
  faults: {
    required: string;
    tooLong: string;
    invalid: string;
    notANumber: string;
    notADate: string;
    notATime: string;
    notInFuture: string;
    endsBeforeBeginning: string;
    notAnAddress: string;
  };
}
