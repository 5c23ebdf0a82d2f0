import type { Exclusion, ExclusionTarget } from '../../exclusions/exclusion.js';
import { localized } from '../../language/language.js';
import type { Registry } from '../../registry/registry.js';
import { NameField, TextField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import type { PageContext } from '../page-context.js';
import { adminPage, periodText } from './admin-page.js';

export interface ExclusionsModel {
  registry: Registry;
  /** Newest first; one more than are shown where there are older ones. */
  exclusions: readonly Exclusion[];
  /** From 0. */
  page: number;
}

/** Rows of one page of the list. */
const PAGE = 50;

export function exclusionsPage({ registry, exclusions, page }: ExclusionsModel, context: PageContext): string {
  const { admin } = context.messages;
  const shown = exclusions.slice(page * PAGE, (page + 1) * PAGE);
  const more = exclusions.length > (page + 1) * PAGE;
  return adminPage({
    context,
    section: 'exclusions',
    title: admin.sections.exclusions,
    children: (
      <>
        <p class="lead">{admin.exclusions.lead}</p>
        <p class="actions">
          <a href={context.link('/admin/new-exclusion')}>{admin.exclusions.newTitle}</a>
        </p>
        {shown.length === 0 ? (
          <p>{admin.exclusions.none}</p>
        ) : (
          <ExclusionTable exclusions={shown} registry={registry} context={context} />
        )}
        <p class="actions">
          {page === 0 ? null : (
            <a href={context.link(`/admin/exclusions?page=${page - 1}`)}>{admin.terminals.previousPage}</a>
          )}
          {more ? <a href={context.link(`/admin/exclusions?page=${page + 1}`)}>{admin.terminals.nextPage}</a> : null}
        </p>
      </>
    ),
  });
}

function ExclusionTable(props: { exclusions: readonly Exclusion[]; registry: Registry; context: PageContext }) {
  const { exclusions, registry, context } = props;
  const text = context.messages.admin.exclusions;
  return (
    <table class="cards compact">
      <caption class="hidden">{context.messages.admin.sections.exclusions}</caption>
      <thead>
        <tr>
          <th scope="col">{text.place}</th>
          <th scope="col">{text.span}</th>
          <th scope="col">{text.reason}</th>
          <th scope="col">{text.state}</th>
        </tr>
      </thead>
      <tbody>
        {exclusions.map((exclusion) => (
          <tr key={exclusion.id}>
            <th scope="row">
              <a href={context.link(`/admin/exclusions/${exclusion.id}`)}>
                {targetName(exclusion.target, registry, context)}
              </a>
            </th>
            <td data-label={text.span}>{periodText(exclusion, context)}</td>
            <td data-label={text.reason}>
              {text.reasons[exclusion.reason]}
              {exclusion.note === undefined ? null : <span class="detail"> {exclusion.note}</span>}
            </td>
            <td data-label={text.state}>{stateText(exclusion, context)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Name of a service point, id of a terminal. */
export function targetName({ kind, id }: ExclusionTarget, registry: Registry, context: PageContext): string {
  const point = kind === 'terminal' ? undefined : registry.servicePoints.find((one) => one.id === id);
  return point === undefined ? id : localized(point.name, context.language);
}

function stateText({ by, at, revoked }: Exclusion, { formats, messages }: PageContext): string {
  const text = messages.admin.exclusions;
  if (revoked !== undefined) return text.revoked(revoked.by, formats.full(revoked.at));
  return `${text.inForce}: ${text.by(by, formats.full(at))}`;
}

export interface ExclusionModel {
  registry: Registry;
  exclusion: Exclusion;
}

/** One exclusion, with the way back. */
export function exclusionPage({ registry, exclusion }: ExclusionModel, context: PageContext, sent?: FormState): string {
  const { admin } = context.messages;
  const text = admin.exclusions;
  const { id, target, reason, note, revoked, isPart = false } = exclusion;
  const form = formOr(sent, 'revoke');
  return adminPage({
    context,
    section: 'exclusions',
    title: text.title(id),
    children: (
      <>
        <dl class="facts">
          <dt>{text.place}</dt>
          <dd>
            {targetName(target, registry, context)} <span class="id">{target.id}</span>
          </dd>
          <dt>{text.span}</dt>
          <dd>{periodText(exclusion, context)}</dd>
          <dt>{text.reason}</dt>
          <dd>{text.reasons[reason]}</dd>
          {note === undefined ? null : <Fact term={text.note} value={note} />}
          <dt>{text.state}</dt>
          <dd>{stateText(exclusion, context)}</dd>
          {revoked?.why === undefined ? null : <Fact term={text.revokeWhy} value={revoked.why} />}
        </dl>
        {revoked === undefined && isPart ? <p>{text.isPart}</p> : null}
        {revoked !== undefined || isPart ? null : (
          <Form context={context} form={form} action={`/admin/exclusions/${id}/revoke`} submit={text.revoke}>
            <TextField form={form} name="why" label={text.revokeWhy} maxLength={500} />
            <NameField form={form} context={context} />
          </Form>
        )}
      </>
    ),
  });
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}
