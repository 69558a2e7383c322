import { isRefusal, type Refusal } from '#domain/error.ts';
import { lastPart } from '#domain/form/path-completion.ts';
import type { FolderOffer, PathCompletion } from '#operations/project/complete-path.ts';
import type { RepositoryLook } from '#operations/project/look.ts';
import type { Press } from '#tui/keys/press.ts';
import {
  EMPTY_TEXT,
  editText,
  insertText,
  replaceText,
  type TextState,
} from '#tui/widgets/text-edit.ts';

export interface ProjectForm {
  readonly kind: 'project';
  readonly field: 'name' | 'path';
  /** Empty is what its folder is called. */
  readonly name: TextState;
  /** Empty is where claustre was started. */
  readonly path: TextState;
  readonly refusal: string | null;
  /** The folders that the path could mean; null until somebody looked. */
  readonly offers: Offers | null;
  /** The path for which no folders are wanted: one was chosen, or they were sent away. */
  readonly settled: string | null;
  /** What is at the path; null until somebody looked. */
  readonly look: { readonly path: string; readonly found: RepositoryLook | Refusal } | null;
}

export interface Offers extends PathCompletion {
  /** The path for which they were found. */
  readonly text: string;
  /** null until an arrow went there. */
  readonly selected: number | null;
}

export function projectForm(): ProjectForm {
  return {
    kind: 'project',
    field: 'name',
    name: EMPTY_TEXT,
    path: EMPTY_TEXT,
    refusal: null,
    offers: null,
    settled: null,
    look: null,
  };
}

/** The folders to choose from now; null when there are none, or when they are for another text. */
export function openOffers({ field, offers, path, settled }: ProjectForm): Offers | null {
  const fits = field === 'path' && offers?.text === path.text && settled !== path.text;
  return fits && offers.folders.length > 0 ? offers : null;
}

/** What is at the path as it stands; null while that is not known. */
export function lookOf({ look, path }: ProjectForm): RepositoryLook | Refusal | null {
  return look?.path === path.text.trim() ? look.found : null;
}

/** What the project would be called; empty when that depends on a look at the path. */
export function nameOf(form: ProjectForm): string {
  const typed = form.name.text.trim();
  if (typed !== '') return typed;
  const look = lookOf(form);
  if (look !== null && !isRefusal(look)) return look.name;
  const part = lastPart(form.path.text.trim());
  return /^(?:~|\.{1,2})?$/.test(part) ? '' : part;
}

/** What a key press does to the form: changes it, submits it, or leaves it. */
export function pressInProjectForm(
  form: ProjectForm,
  press: Press,
): { readonly form: ProjectForm } | 'submit' | 'leave' {
  const offers = openOffers(form);
  const chosen = offers === null ? null : pressInOffers(form, offers, press);
  if (chosen !== null) return { form: chosen };
  switch (press.name) {
    case 'enter':
    case 'ctrl+s':
      return 'submit';
    case 'esc':
      return 'leave';
    case 'tab':
    case 'shift+tab':
    case 'up':
    case 'down':
      return { form: { ...form, field: form.field === 'name' ? 'path' : 'name' } };
    default: {
      const text = editText(form[form.field], press);
      return { form: text === null ? form : { ...form, [form.field]: text, refusal: null } };
    }
  }
}

/** What a key means to the offered folders; null when it means nothing to them. */
function pressInOffers(form: ProjectForm, offers: Offers, press: Press): ProjectForm | null {
  const { selected, folders } = offers;
  const select = (place: number | null): ProjectForm => ({
    ...form,
    offers: { ...offers, selected: place },
  });
  switch (press.name) {
    case 'down':
      return select(Math.min((selected ?? -1) + 1, folders.length - 1));
    case 'up':
      return select(selected === null || selected === 0 ? null : selected - 1);
    case 'tab':
      return withFolder(form, folders[selected ?? 0]);
    case 'enter':
      return selected === null ? null : withFolder(form, folders[selected]);
    case 'esc':
      return { ...form, settled: form.path.text };
    default:
      return null;
  }
}

function withFolder(form: ProjectForm, offer: FolderOffer | undefined): ProjectForm {
  if (offer === undefined) return form;
  // Who has come to a repository looks for no folder in it.
  const settled = offer.isRepository ? offer.path : null;
  return { ...form, path: replaceText(form.path, offer.path), settled, refusal: null };
}

export function pasteInProjectForm(form: ProjectForm, text: string): ProjectForm {
  return { ...form, [form.field]: insertText(form[form.field], text.trim(), false), refusal: null };
}
