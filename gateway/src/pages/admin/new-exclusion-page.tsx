import { toLocalInput } from '../../calendar/local-input.js';
import { EXCLUSION_REASONS, type ExclusionRequest } from '../../exclusions/exclusion.js';
import type { Registry } from '../../registry/registry.js';
import type { PressTally } from '../../store/administration-store.js';
import { HiddenField, NameField, SelectField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { adminPage, periodText } from './admin-page.js';
import { targetName } from './exclusions-page.js';

export interface NewExclusionModel {
  registry: Registry;
  zone: string;
  /** What the fields begin with: ids and local times. */
  target: string;
  /** What would be left out, once it is known what is meant. */
  preview?: { request: ExclusionRequest; tally: PressTally };
}

const HOUR_MS = 3_600_000;

/** First what is to be left out, then, with the number of presses, the question whether that is meant. */
export function newExclusionPage(model: NewExclusionModel, context: PageContext, sent?: FormState): string {
  const { admin } = context.messages;
  const { preview } = model;
  return adminPage({
    context,
    section: 'exclusions',
    title: preview === undefined ? admin.exclusions.newTitle : admin.exclusions.confirmTitle,
    children: (
      <>
        {preview === undefined ? <p class="lead">{admin.exclusions.lead}</p> : null}
        {preview === undefined ? null : <Confirm {...{ model, context, sent, ...preview }} />}
        {preview === undefined ? null : <h2>{admin.edit}</h2>}
        <SpanForm model={model} context={context} sent={sent} />
      </>
    ),
  });
}

interface Props {
  model: NewExclusionModel;
  context: PageContext;
  sent: FormState | undefined;
}

function SpanForm({ model, context, sent }: Props) {
  const { zone, preview } = model;
  const text = context.messages.admin.exclusions;
  const form = formOr(sent, 'span');
  const request = preview?.request;
  const local = (at: number) => toLocalInput(at, zone);
  return (
    <Form context={context} form={form} action="/admin/new-exclusion" submit={text.look} label={text.newTitle}>
      <TextField
        form={form}
        name="target"
        label={text.target}
        hint={text.targetHint}
        value={request?.target.id ?? model.target}
        maxLength={63}
      />
      <TextField
        form={form}
        name="from"
        type="datetime-local"
        label={text.from}
        value={local(request?.from ?? context.now - HOUR_MS)}
      />
      <TextField
        form={form}
        name="to"
        type="datetime-local"
        label={text.to}
        value={local(request?.to ?? context.now)}
      />
      <SelectField
        form={form}
        name="reason"
        label={text.reason}
        value={request?.reason}
        choices={EXCLUSION_REASONS.map((reason) => ({ value: reason, text: text.reasons[reason] }))}
      />
      <TextField form={form} name="note" label={text.note} value={request?.note} maxLength={500} />
    </Form>
  );
}

function Confirm(props: Props & { request: ExclusionRequest; tally: PressTally }) {
  const { model, context, sent, request, tally } = props;
  const { formats, messages } = context;
  const text = messages.admin.exclusions;
  const form = formOr(sent, 'confirm');
  const count = (n: number) => formats.count(n);
  return (
    <>
      <p>
        {targetName(request.target, model.registry, context)}, {periodText(request, context)},{' '}
        {text.reasons[request.reason]}
        {request.note === undefined ? '' : `: ${request.note}`}
      </p>
      <p class="figure">{text.preview(tally.presses, tally.counted, count(tally.presses), count(tally.counted))}</p>
      {tally.excluded === 0 ? null : <p>{text.already(tally.excluded, count(tally.excluded))}</p>}
      <p>{text.later}</p>
      <Form context={context} form={form} action="/admin/exclusions" submit={text.confirm}>
        <HiddenField name="target" value={request.target.id} />
        <HiddenField name="kind" value={request.target.kind} />
        <HiddenField name="from" value={toLocalInput(request.from, model.zone)} />
        <HiddenField name="to" value={toLocalInput(request.to, model.zone)} />
        <HiddenField name="reason" value={request.reason} />
        <HiddenField name="note" value={request.note ?? ''} />
        <NameField form={form} context={context} />
      </Form>
    </>
  );
}
