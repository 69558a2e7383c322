import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { finishClosing } from '#operations/session/finish-closing.ts';
import { granted, launchedTask, refused } from '../../support/workshop.ts';
import { type MergeShop, mergeShop } from './start-merge.ts';

const settings = (shop: MergeShop, lines: string) => {
  const folder = join(shop.repo.path, '.claustre');
  mkdirSync(folder);
  writeFileSync(join(folder, 'config.toml'), `[merge]\n${lines}\n`);
};

describe('a merge', () => {
  test('by squash lands: the base has the work, task and session are done, the branch is gone', async () => {
    const shop = mergeShop();
    const { id, session, head } = await shop.reviewed();
    const merged = granted(await shop.merge(id, { method: 'squash' }));
    const commit = shop.repo.in(shop.repo.remote)('rev-parse', 'main');
    expect(merged).toMatchObject({ outcome: 'merged', method: 'squash', commit, pullRequest: id });
    expect(shop.repo.in(shop.repo.remote)('show', `main:work-${id}.txt`)).toBe('work');
    expect(shop.task(id).status).toBe('done');
    expect(shop.pullRequest(id)).toMatchObject({
      state: 'merged',
      mergeCommit: commit,
      mergedBy: 'monalisa',
    });
    expect(shop.pullRequest(id).landedAt).not.toBeNull();
    expect(existsSync(session.worktree)).toBe(false);
    expect(shop.remoteBranches()).toEqual(['main']);
    expect(shop.repo.git('branch', '--list', 'task/*')).toBe('');
    expect(shop.sent()).toEqual(['mergePullRequest']);
    const [asked] = shop.github.calls().filter(({ query }) => query?.startsWith('mutation'));
    expect(asked?.variables).toMatchObject({ head, method: 'SQUASH' });
    expect(shop.events(id)).toEqual(
      expect.arrayContaining([
        'pull_request.merge',
        'pull_request.merged',
        'task.merge',
        'pull_request.landed',
      ]),
    );
  });

  test('says before what it will do, and does nothing by saying it', async () => {
    const shop = mergeShop({ defaultMethod: 'REBASE' });
    const { id, session } = await shop.reviewed({ title: 'Add a page', commitCount: 3 });
    writeFileSync(join(session.worktree, 'left.txt'), 'x');
    const said = await shop.question(id);
    expect(said).toMatch(
      new RegExp(
        `^Rebase-merge acme/app#${id} "Add a page" \\(3 commits, head .{7}, checks passed, no approval\\) into main\\?`,
      ),
    );
    expect(said).toMatch(
      /delete task\/\S+ on origin; then end the session \(1 uncommitted file is saved\)\.$/,
    );
    expect(shop.sent()).toEqual([]);
    expect(await shop.question(id, { method: 'squash' })).toMatch(/^Squash-merge/);
  });

  test('saves what was not committed', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    writeFileSync(join(session.worktree, 'left.txt'), 'x');
    granted(await shop.merge(id));
    expect(shop.app.store.trash.lastOf(id)).toMatchObject({ reason: 'merge', untracked: 1 });
  });

  test('takes the method of the settings, and keeps the branch when they say so', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    settings(shop, 'method = "squash"\ndelete_branch = false');
    expect(await shop.question(id)).toMatch(
      /^Squash-merge .*keep task.* since the settings keep it/,
    );
    const merged = granted(await shop.merge(id));
    expect(merged.method).toBe('squash');
    expect(shop.remoteBranches()).toContain(session.branch);
  });

  test('again finishes what is left, and merges nothing twice', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    granted(await shop.merge(id));
    expect(granted(await shop.merge(id))).toMatchObject({ outcome: 'merged', method: null });
    expect(shop.sent()).toEqual(['mergePullRequest']);
  });
});

describe('is refused, and nothing is sent,', () => {
  test('when somebody pushed between the question and the yes', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    expect(await shop.question(id)).toMatch(/^Merge /);
    shop.repo.pushElsewhere(session.branch, { 'late.txt': 'late' }, session.branch);
    expect(refused(await shop.merge(id)).reason).toMatch(
      /pushed to pull request #1 since you were asked/,
    );
    expect(shop.sent()).toEqual([]);
    expect(await shop.question(id)).toMatch(/^Merge /);
    granted(await shop.merge(id));
  });

  test('while commits are not pushed, and names them', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    shop.repo.commit({ 'more.txt': 'more' }, session.worktree);
    expect(refused(await shop.merge(id)).reason).toMatch(/not pushed: \w+ "more\.txt"\.$/);
    expect(shop.sent()).toEqual([]);
  });

  test('while Claude works on it', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    const activity = { name: 'working', source: 'hook', since: 1, detail: null } as const;
    shop.app.store.write(() => shop.app.store.sessions.update(session.id, { activity }, null));
    expect(refused(await shop.merge(id)).reason).toMatch(/at work/);
  });

  test.each([
    ['in conflict', { mergeable: 'CONFLICTING' }, /conflicts with main/],
    [
      'with failed checks',
      { checks: [{ name: 'test', conclusion: 'FAILURE' }], mergeState: 'BLOCKED' },
      /failed: test/,
    ],
    [
      'without the approval',
      { review: 'REVIEW_REQUIRED', mergeState: 'BLOCKED' },
      /needs an approval/,
    ],
    ['as a draft', { draft: true, mergeState: 'DRAFT' }, /draft/],
    ['when GitHub never works out whether it can', { unknownReads: 99 }, /not worked out/],
  ])('%s', async (_, more, words) => {
    const shop = mergeShop();
    const { id } = await shop.reviewed(more);
    expect(refused(await shop.merge(id)).reason).toMatch(words);
    expect(refused(await shop.question(id)).reason).toMatch(words);
    expect(shop.sent()).toEqual([]);
    expect(shop.task(id).status).not.toBe('done');
  });

  test('when GitHub cannot be asked, with its reason', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    shop.github.set({ mode: 'offline' });
    expect(refused(await shop.merge(id))).toMatchObject({ code: 'environment' });
    expect(shop.task(id).status).toBe('in_review');
  });

  test('when it was taken back: the pull request is an earlier session’s', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    const { id: other } = await launchedTask(shop, { push: 'pr' });
    expect(refused(await shop.merge(other)).reason).toMatch(/no pull request yet/);
    shop.app.store.write(() =>
      shop.app.store.pullRequests.update(
        shop.pullRequest(id).id,
        { createdAt: '2020-01-01T00:00:00Z' },
        null,
      ),
    );
    expect(refused(await shop.merge(id)).reason).toMatch(/earlier session/);
  });
});

test('what GitHub works out a moment later is waited for', async () => {
  const shop = mergeShop();
  const { id } = await shop.reviewed({ unknownReads: 3 });
  expect(granted(await shop.merge(id)).outcome).toBe('merged');
});

describe('when the answer does not come', () => {
  test('a merge that was done is found, and not sent again', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    shop.github.set({ writes: ['lost'] });
    expect(granted(await shop.merge(id))).toMatchObject({ outcome: 'merged' });
    expect(shop.sent()).toEqual(['mergePullRequest']);
    expect(shop.task(id).status).toBe('done');
  });

  test('a merge that was not done is said to be open, and a second try merges', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    shop.github.set({ writes: ['502'] });
    const no = refused(await shop.merge(id));
    expect(no).toMatchObject({ code: 'environment' });
    expect(no.reason).toMatch(/trouble of its own.*does not show .* as merged/);
    expect(shop.sent()).toEqual(['mergePullRequest']);
    expect(shop.task(id).status).toBe('in_review');
    granted(await shop.merge(id));
    expect(shop.task(id).status).toBe('done');
  });

  test('GitHub’s own no is told in its words', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    shop.github.set({ writes: ['Base branch was modified.'] });
    expect(refused(await shop.merge(id)).reason).toMatch(/not merged\. .*Base branch was modified/);
  });

  test('a limit is no merge, also when nothing can be read after it', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    const { merge } = shop.app.gh;
    shop.app.gh.merge = (...args) => {
      shop.github.set({ mode: 'rate_limit' });
      return merge(...args);
    };
    const no = refused(await shop.merge(id));
    expect(no.reason).toMatch(/^Pull request #1 was not merged\. .*limit/);
    expect(no.code).toBe('environment');
    // Every other process keeps to it.
    expect(shop.app.store.hosts.find('github.com')?.pausedUntil).not.toBeNull();
  });

  test('what cannot be read after an answer that was lost is not known', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    const { merge } = shop.app.gh;
    shop.github.set({ writes: ['lost'] });
    shop.app.gh.merge = async (...args) => {
      const written = await merge(...args);
      shop.github.set({ mode: 'offline' });
      return written;
    };
    const no = refused(await shop.merge(id));
    expect(no.reason).toMatch(/^It is not known whether pull request #1 was merged/);
    expect(shop.task(id).status).toBe('in_review');
    shop.github.set({ mode: null });
    expect(granted(await shop.merge(id))).toMatchObject({ outcome: 'merged', method: null });
    expect(shop.sent()).toEqual(['mergePullRequest']);
  });

  test('a server that is silent is not waited for again and again', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    const silence = refuse('gh got no answer within 20 s.', 'Check the network.', 'timeout');
    let reads = 0;
    shop.app.gh.merge = async () => {
      shop.app.gh.readMerge = async () => {
        reads += 1;
        return silence;
      };
      return { outcome: 'unsure', why: silence };
    };
    expect(refused(await shop.merge(id)).reason).toMatch(/^It is not known whether/);
    expect(reads).toBe(1);
  });

  test('somebody who was faster has merged it for us', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed();
    const { merge } = shop.app.gh;
    shop.app.gh.merge = async (...args) => {
      await merge(...args);
      return merge(...args);
    };
    expect(granted(await shop.merge(id))).toMatchObject({ outcome: 'merged', method: null });
  });
});

test('a crash after the merge leaves a done task, and the clock does the rest', async () => {
  const shop = mergeShop();
  const { id, session } = await shop.reviewed();
  shop.app.tmux.endSession = async () => {
    throw new Error('killed here');
  };
  await expect(shop.merge(id)).rejects.toThrow('killed here');
  expect(shop.task(id).status).toBe('done');
  shop.app.tmux.endSession = async () => undefined;
  shop.app.host.isAlive = () => false;
  expect(await finishClosing(shop.app)).toBe(1);
  expect(existsSync(session.worktree)).toBe(false);
});

test('a session that another process is ending is waited for', async () => {
  const shop = mergeShop();
  const { id, session } = await shop.reviewed();
  const { store, clock } = shop.app;
  const { inspectWorktree } = shop.app.git;
  const other = 4711;
  shop.app.host.isAlive = () => true;
  shop.app.git.inspectWorktree = async (...args) => {
    const now = store.sessions.find(session.id);
    if (shop.task(id).status === 'done' && now?.state === 'open') {
      const closing = { state: 'closing', movedBy: other, movedAt: clock.now() } as const;
      store.write(() =>
        store.sessions.move(now, closing, { kind: 'test', source: 'supervisor', at: clock.iso() }),
      );
      const { wait } = clock;
      clock.wait = async (ms) => {
        await wait(ms);
        const moving = store.sessions.find(session.id);
        if (moving?.state !== 'closing') return;
        const closed = { state: 'closed', movedBy: null, movedAt: clock.now() } as const;
        store.write(() =>
          store.sessions.move(moving, closed, {
            kind: 'test',
            source: 'supervisor',
            at: clock.iso(),
          }),
        );
      };
    }
    return inspectWorktree(...args);
  };
  const merged = granted(await shop.merge(id));
  expect(merged.notes.join(' ')).not.toMatch(/session/);
  expect(store.sessions.openOf(id)).toBeNull();
});

describe('a draft', () => {
  test('is marked as ready and merged with --ready', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed({ draft: true, mergeState: 'DRAFT' });
    expect(await shop.question(id, { ready: true })).toMatch(/mark it as ready first/);
    granted(await shop.merge(id, { ready: true }));
    expect(shop.sent()).toEqual(['markPullRequestReadyForReview', 'mergePullRequest']);
  });

  test('that stays one although it was marked is not merged', async () => {
    const shop = mergeShop();
    const { id } = await shop.reviewed({ draft: true, mergeState: 'DRAFT' });
    shop.github.set({ writes: ['502'] });
    expect(refused(await shop.merge(id, { ready: true })).reason).toMatch(/is a draft/);
    expect(shop.sent()).toEqual(['markPullRequestReadyForReview']);
  });
});

describe('left to GitHub', () => {
  test('while checks run, and noted', async () => {
    const shop = mergeShop({ autoMerge: true });
    const { id } = await shop.reviewed({ checks: [{ name: 'test' }], mergeState: 'BLOCKED' });
    expect(refused(await shop.merge(id)).hint).toMatch(/--auto/);
    expect(await shop.question(id, { auto: true })).toMatch(/^Have GitHub merge /);
    const armed = granted(await shop.merge(id, { auto: true }));
    expect(armed).toMatchObject({ outcome: 'armed', commit: null });
    expect(shop.pullRequest(id)).toMatchObject({ state: 'open', autoMerge: 'merge' });
    expect(shop.task(id).status).toBe('in_review');
  });

  test('in the queue of the base', async () => {
    const shop = mergeShop({ queue: ['main'] });
    const { id } = await shop.reviewed();
    expect(granted(await shop.merge(id))).toMatchObject({ outcome: 'queued' });
    expect(shop.sent()).toEqual(['enqueuePullRequest']);
    expect(shop.pullRequest(id)).toMatchObject({ queued: true });
  });
});

describe('a stack', () => {
  test('gets its base before the merge, and the branch goes only after that', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    const child = await shop.reviewed({ base: session.branch });
    expect(await shop.question(id)).toMatch(
      new RegExp(`retarget pull request #${child.id} to main first`),
    );
    const merged = granted(await shop.merge(id));
    expect(shop.sent()).toEqual(['updatePullRequest', 'mergePullRequest']);
    expect(shop.pull(child.id)).toMatchObject({ base: 'main' });
    expect(merged.notes.join(' ')).toContain(`Pull request #${child.id} goes to main now.`);
    expect(shop.remoteBranches()).toEqual(['main', child.session.branch].sort());
  });

  test('whose child cannot be retargeted is not merged', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    const child = await shop.reviewed({ base: session.branch });
    shop.github.set({ writes: ['You may not.'] });
    expect(refused(await shop.merge(id)).reason).toMatch(
      new RegExp(`base of pull request #${child.id} could not be changed`),
    );
    expect(shop.sent()).toEqual(['updatePullRequest']);
    expect(shop.pull(id)).not.toMatchObject({ state: 'MERGED' });
  });

  test('gets its old base back when GitHub refuses the merge', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    const child = await shop.reviewed({ base: session.branch });
    const { merge } = shop.app.gh;
    shop.app.gh.merge = (...args) => {
      shop.github.set({ writes: ['A rule says no.'] });
      return merge(...args);
    };
    expect(refused(await shop.merge(id)).reason).toContain('A rule says no');
    expect(shop.pull(child.id)).toMatchObject({ base: session.branch });
  });

  test('gets its old base back when the answer is lost and the merge did not happen', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    const child = await shop.reviewed({ base: session.branch });
    const { merge } = shop.app.gh;
    shop.app.gh.merge = (...args) => {
      shop.github.set({ writes: ['502'] });
      return merge(...args);
    };
    expect(refused(await shop.merge(id)).reason).toMatch(/does not show .* as merged/);
    expect(shop.pull(child.id)).toMatchObject({ base: session.branch });
    expect(shop.sent()).toEqual(['updatePullRequest', 'mergePullRequest', 'updatePullRequest']);
  });

  test('keeps its new base while it is not known whether the merge happened', async () => {
    const shop = mergeShop();
    const { id, session } = await shop.reviewed();
    const child = await shop.reviewed({ base: session.branch });
    const { merge } = shop.app.gh;
    shop.app.gh.merge = async (...args) => {
      shop.github.set({ writes: ['lost'] });
      const written = await merge(...args);
      shop.github.set({ mode: 'offline' });
      return written;
    };
    expect(refused(await shop.merge(id)).reason).toMatch(/It is not known whether/);
    expect(shop.pull(child.id)).toMatchObject({ base: 'main' });
  });
});
