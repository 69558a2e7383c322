// What the stand-in for gh answers to `gh api PATH`: one pull request, and the log of one job. Fields of a check (gh-checks.mjs):
//   log      the text of its log; absent: there is none
// Fields of the world: escapes "unknown" (an old gh, which does not know --allow-escape-sequences), else a new one, which refuses text with
// escape sequences without it.
import { full } from './gh-pull-request.mjs';

const REFUSED =
  'the response contains terminal escape sequences; pass --allow-escape-sequences to output it anyway';

export function rest(world, args, { fail, print }) {
  const allows = args.includes('--allow-escape-sequences');
  if (allows && world.escapes === 'unknown') fail('unknown flag: --allow-escape-sequences');
  if (world.mode === '502') fail('gh: HTTP 502');
  const path = args.find((each) => each.startsWith('repos/')) ?? '';
  const job = /^repos\/([^/]+\/[^/]+)\/actions\/jobs\/(\d+)\/logs$/.exec(path);
  if (job !== null) return jobLog(world, job[1], Number(job[2]), allows, fail);
  const pulls = /^repos\/([^/]+\/[^/]+)\/pulls\/(\d+)$/.exec(path);
  if (pulls !== null) return pullRequest(world, pulls[1], Number(pulls[2]), { fail, print });
  fail(`the stand-in for gh does not know "${path}"`);
}

function jobLog(world, repository, id, allows, fail) {
  const checks = world.pullRequests
    .filter((pull) => pull.repository === repository)
    .flatMap((pull) =>
      (pull.checks ?? []).map((check, index) => ({ id: pull.number * 100 + index, ...check })),
    );
  const log = checks.find((check) => check.id === id)?.log;
  if (log === undefined) fail('gh: Not Found (HTTP 404)');
  if (log.includes('\u001b') && !allows && world.escapes !== 'unknown') fail(REFUSED);
  process.stdout.write(log);
}

function pullRequest(world, repository, number, { fail, print }) {
  const pull = world.pullRequests.find(
    (each) => each.repository === repository && each.number === number,
  );
  if (pull === undefined) {
    print(404, 'Not Found', JSON.stringify({ message: 'Not Found' }));
    fail('gh: Not Found (HTTP 404)');
  }
  const { mergeable, mergeStateStatus, headRefOid, baseRefOid } = full(world, {
    ...pull,
    unknownReads: pull.restUnknown === true ? 1 : 0,
  });
  const body = {
    number,
    mergeable: mergeable === 'UNKNOWN' ? null : mergeable === 'MERGEABLE',
    mergeable_state: mergeStateStatus.toLowerCase(),
    head: { sha: headRefOid },
    base: { sha: baseRefOid },
  };
  print(200, 'OK', JSON.stringify(body));
}
