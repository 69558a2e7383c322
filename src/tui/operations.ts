// Loaded after the first frame: the operations bring what checks their inputs, and the first frame needs none of it.
import { undoAction } from '#operations/action/undo.ts';
import { readCheckLog } from '#operations/check/log.ts';
import { addComment } from '#operations/comment/add.ts';
import { editComment } from '#operations/comment/edit.ts';
import { removeComment } from '#operations/comment/remove.ts';
import { sendComments } from '#operations/comment/send.ts';
import { dependencyGraph } from '#operations/dependency/graph.ts';
import { readDiff } from '#operations/diff/read.ts';
import { viewFile } from '#operations/diff/view.ts';
import { runDoctor } from '#operations/doctor/run.ts';
import { verifyTask } from '#operations/gate/verify.ts';
import { addProject } from '#operations/project/add.ts';
import { checkBranches } from '#operations/project/check-branches.ts';
import { completePath } from '#operations/project/complete-path.ts';
import { lookAtRepository } from '#operations/project/look.ts';
import { removeProject } from '#operations/project/remove.ts';
import { editPrompt } from '#operations/prompt/edit.ts';
import { recallPrompts } from '#operations/prompt/recall.ts';
import { reopenPullRequest } from '#operations/pull-request/reopen.ts';
import { stopQueue } from '#operations/queue/stop.ts';
import { turnQueue } from '#operations/queue/turn.ts';
import { fixTask } from '#operations/round/fix.ts';
import { answerSession } from '#operations/session/answer.ts';
import { attachSession } from '#operations/session/attach.ts';
import { sessionLogs } from '#operations/session/logs.ts';
import { changePanes } from '#operations/session/pane.ts';
import { sendToSession } from '#operations/session/send.ts';
import { addTask } from '#operations/task/add.ts';
import { finishTask } from '#operations/task/done.ts';
import { editTask } from '#operations/task/edit.ts';
import { taskEvents } from '#operations/task/events.ts';
import { killTask } from '#operations/task/kill.ts';
import { launchTask } from '#operations/task/launch.ts';
import { mergeTask } from '#operations/task/merge.ts';
import { moveTask } from '#operations/task/move.ts';
import { nextTask } from '#operations/task/next.ts';
import { openTask } from '#operations/task/open.ts';
import { removeTask } from '#operations/task/remove.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { retryTask } from '#operations/task/retry.ts';
import { showTask } from '#operations/task/show.ts';
import { whyTask } from '#operations/task/why.ts';
import { editWorktree } from '#operations/worktree/edit.ts';
import { inspectWorktree } from '#operations/worktree/inspect.ts';
import type { DashboardOperations } from './call.ts';

export const operations: DashboardOperations = {
  addProject,
  completePath,
  lookAtRepository,
  checkBranches,
  recallPrompts,
  editPrompt,
  removeProject,
  answerSession,
  attachSession,
  changePanes,
  addTask,
  editTask,
  finishTask,
  fixTask,
  killTask,
  launchTask,
  mergeTask,
  moveTask,
  openTask,
  reopenPullRequest,
  removeTask,
  restoreTask,
  retryTask,
  nextTask,
  runDoctor,
  turnQueue,
  stopQueue,
  sendToSession,
  sessionLogs,
  showTask,
  taskEvents,
  undoAction,
  verifyTask,
  readCheckLog,
  dependencyGraph,
  readDiff,
  viewFile,
  addComment,
  editComment,
  removeComment,
  sendComments,
  editWorktree,
  inspectWorktree,
  whyTask,
};
