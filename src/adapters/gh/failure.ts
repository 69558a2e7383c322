import { type Refusal, refuse } from '#domain/error.ts';
import type { Failure, GraphqlError } from './response.ts';

/** Longest text of a server that a sentence quotes. */
const QUOTE_LENGTH = 200;

/** A server's words for a sentence: one line, no control characters, cut. */
export function quote(text: string): string {
  const plain = text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > QUOTE_LENGTH ? `${plain.slice(0, QUOTE_LENGTH)}…` : plain;
}

/** A server's words as the end of a sentence: most servers leave out the full stop. */
export function quoteToEnd(text: string): string {
  return quote(text).replace(/[^.!?…]$/, '$&.');
}

/** The sentence and the remedy for a request that learned nothing. */
export function toRefusal(host: string, failure: Failure): Refusal {
  switch (failure.kind) {
    case 'no_login':
      return notLoggedIn(host);
    case 'bad_login':
      return refuse(
        `${host} does not accept gh's login.`,
        `Run \`gh auth login --hostname ${host}\`; a GH_TOKEN in the environment wins over it.`,
        'environment',
      );
    case 'sso':
      return refuse(
        `An organisation at ${host} wants gh's login to be authorised by single sign-on.`,
        failure.url === null
          ? `Authorise it: gh auth refresh --hostname ${host}`
          : `Authorise it at ${quote(failure.url)}`,
        'environment',
      );
    case 'primary_limit':
      return waiting(
        failure.until,
        `The hourly request limit of ${host} is used up${untilWords(failure.until)}.`,
        'Nothing is sent until then; other programs of this account use the same limit.',
      );
    case 'secondary_limit':
      return waiting(
        failure.until,
        `${host} asks for a pause between requests${untilWords(failure.until)}.`,
        'Nothing is sent until then.',
      );
    case 'too_big':
      return refuse(`${host} could not answer in time.`, 'It is asked again later.', 'timeout');
    case 'missing_field':
      return refuse(
        `${host} is too old: it does not know "${quote(failure.field)}".`,
        'Pull requests of this server cannot be followed.',
        'environment',
      );
    case 'offline':
      return refuse(`${host} cannot be reached.`, 'Check the network.', 'environment');
    case 'server':
      return refuse(
        `${host} has trouble of its own.`,
        'It is asked again later; https://githubstatus.com says more.',
        'environment',
      );
    case 'refused':
      return refuse(
        `${host} refused: ${quoteToEnd(failure.message)}`,
        `Find out who gh is there, and what it may do: gh auth status --hostname ${host}`,
        'environment',
      );
    case 'garbage':
      return refuse(
        `What answered for ${host} was not GitHub (${quote(failure.message) || 'an empty answer'}).`,
        'A proxy or the login page of a network may stand in between.',
        'environment',
      );
    default:
      return failure satisfies never;
  }
}

export function notLoggedIn(host: string): Refusal {
  return refuse(
    `gh is not logged in to ${host}.`,
    `Run \`gh auth login --hostname ${host}\`.`,
    'environment',
  );
}

/** A refusal that ends by itself. */
export function waiting(until: number | null, reason: string, hint: string): Refusal {
  const refusal = refuse(reason, hint, 'environment');
  return until === null ? refusal : { ...refusal, until };
}

function untilWords(until: number | null): string {
  return until === null ? '' : ` until ${new Date(until).toISOString().slice(11, 16)} UTC`;
}

/** Why one pull request of a request could not be read while others could. */
export function whyNoNode(errors: readonly GraphqlError[]): string {
  const [error] = errors;
  if (error === undefined) return 'GitHub said nothing about it.';
  if (error.extensions?.saml_failure === true) {
    return "Its organisation wants gh's login to be authorised by single sign-on.";
  }
  if (error.type === 'NOT_FOUND') {
    return "It does not exist on GitHub any more, or gh's login may not see it.";
  }
  if (error.type === 'FORBIDDEN') return `gh's login may not read it: ${quoteToEnd(error.message)}`;
  return `GitHub could not read it: ${quoteToEnd(error.message)}`;
}
